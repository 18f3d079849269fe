"""What an interviewer answers: the decision that is meant, and nothing where none is."""

from __future__ import annotations

import pytest

from checker.exercise import Decision, OutputColumn
from laglead import curriculum
from laglead.interview.asking import about, column_named
from laglead.interview.sheets import sheets
from laglead.interview.wording import stem

ASKED = [
    ("sessions_across_conversations", "what about ties?", "Two turns at the same instant?"),
    ("sessions_across_conversations", "two messages in the same second?", "Two turns at the same instant?"),
    ("sessions_across_conversations", "a gap of exactly 30 minutes?", "A silence of exactly thirty minutes?"),
    ("sessions_across_conversations", "do assistant messages keep it alive?", "What is activity?"),
    ("sessions_across_conversations", "do rows without created_at count?", "What is activity?"),
    ("sessions_across_conversations", "which clock do we use?", "Whose silence, by which clock?"),
    ("sessions_across_conversations", "should I order by turn_index?", "Whose silence, by which clock?"),
    ("sessions_across_conversations", "what happens at midnight", "Midnight, the end of a month?"),
    ("sessions_across_conversations", "is there a maximum length?", "Can a session be very long?"),
    ("sessions_across_conversations", "NULL conversation_id?", "A user turn that has lost its conversation?"),
    ("low_to_high_in_three", "does three mean user turns or all turns?", "What does 'within three' count?"),
    ("low_to_high_in_three", "are unlabeled turns skipped?", "Are unlabelled user turns counted?"),
    ("low_to_high_in_three", "do assistant labels count?", "Do the labels of assistant rows matter?"),
    ("low_to_high_in_three", "null conversation ids?", "Rows without a user or a conversation?"),
    ("going_back_on_an_assertion", "what about hedged claims?", "Which claims are assertions?"),
    ("going_back_on_an_assertion", "are 1,000 and 1000 equal?", "When are two values equal?"),
    ("going_back_on_an_assertion", "same key twice in one turn?", "A turn that asserts the same thing twice?"),
    ("going_back_on_an_assertion", "the first or the previous one?", "Compared with which earlier assertion?"),
    ("think_time", "can it be negative?", "Where the clocks disagree and the difference is negative?"),
    ("think_time", "several user messages in a row?", "Two user turns in a row?"),
    ("latest_delivery", "ties on ingested_at?", "Which delivery is the latest?"),
    ("latest_delivery", "events without id?", "Deliveries without an event_id?"),
    ("median_rating", "N/A values?", "How is a value read?"),
    ("users_without_feedback", "is N/A feedback?", "Does an empty answer ('', 'N/A', NULL) count as feedback?"),
    ("time_to_detect", "null started_at?", "When is the start of an incident known?"),
    ("declined_or_not", "status 500?", "An answer with another status than 200?"),
]
OFF_TOPIC = (
    "what is the weather like?",
    "who is the stakeholder?",
    "can I use Python?",
    "what is the salary?",
    "",
    "???",
)


@pytest.mark.parametrize(("exercise", "text", "question"), ASKED)
def test_a_question_finds_the_decision_that_it_is_about(exercise: str, text: str, question: str) -> None:
    assert question in [one.question for one in about(text, curriculum.find(exercise).decisions)]


@pytest.mark.parametrize("text", OFF_TOPIC)
def test_a_question_about_something_else_finds_nothing(text: str) -> None:
    assert [sheet.exercise.id for sheet in sheets() if about(text, sheet.exercise.decisions)] == []


def test_every_decision_that_can_be_asked_is_found_by_its_own_words() -> None:
    for sheet in sheets():
        twist = sheet.twist.exercise.decisions if sheet.twist else ()
        for decisions in (sheet.exercise.decisions, twist):
            for one in decisions:
                assert one in about(one.question, decisions)


def test_where_there_are_no_decisions_nothing_is_found() -> None:
    assert about("what about ties?", ()) == ()


def test_a_column_is_explained_by_its_name() -> None:
    output = (OutputColumn("n_blocks", "INTEGER", "how many blocks"), OutputColumn("key", "VARCHAR", "the key"))
    assert column_named("what is `n_blocks`?", output) == Decision("What is n_blocks?", "how many blocks (INTEGER)")
    assert column_named("which key counts?", output) is None


@pytest.mark.parametrize(
    ("one", "other"), [("ties", "tie"), ("counted", "counts"), ("stopped", "stop"), ("days", "day")]
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)
