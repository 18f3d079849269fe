"""What an exercise says of itself for an interview is read strictly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from checker.errors import ExerciseError
from checker.exercise import Decision, Exercise
from checker.interview_sheet import Place, load

WARM_UP = '+++\nplace = "warm-up"\n+++\nHow many?\n'
FLAGSHIP = """+++
place = "flagship"
review = ["counts_all"]

[twist]
question = "And at 60?"

[worlds]
thresholds = ["60 seconds"]

[[decision]]
question = "Exactly 60?"
answer = "Counts."
+++
How many, roughly?
"""


@pytest.fixture
def exercise(make_exercise: Callable[..., Exercise]) -> Exercise:
    made = make_exercise("SELECT 1 AS n", {"n": "INTEGER"}, wrong={"counts_all": "SELECT 2 AS n"})
    return replace(made, decisions=(Decision("Exactly 30?", "Counts."),), thresholds=("30 seconds",))


def write(exercise: Exercise, text: str, twist: str | None = None) -> None:
    (exercise.folder / "interview.md").write_text(text)
    if twist is not None:
        (exercise.folder / "twist").mkdir()
        (exercise.folder / "twist" / "reference.sql").write_text(twist)


def test_an_exercise_without_the_file_is_not_asked(exercise: Exercise) -> None:
    assert load(exercise) is None


def test_a_warm_up_has_a_vague_prompt_and_every_wrong_answer_to_review(exercise: Exercise) -> None:
    write(exercise, WARM_UP)
    sheet = load(exercise)
    assert sheet is not None
    assert (sheet.place, sheet.prompt, sheet.twist) == (Place.WARM_UP, "How many?\n", None)
    assert [path.stem for path in sheet.review] == ["counts_all"]


def test_a_twist_is_judged_as_an_exercise_with_its_own_reference(exercise: Exercise) -> None:
    write(exercise, FLAGSHIP, twist="SELECT 60 AS n")
    sheet = load(exercise)
    assert sheet is not None
    assert sheet.twist is not None
    judged = sheet.twist.exercise
    assert judged.reference.read_text() == "SELECT 60 AS n"
    assert judged.thresholds == ("60 seconds",)
    assert judged.output == exercise.output
    assert [one.question for one in judged.decisions] == ["Exactly 30?", "Exactly 60?"]


def test_a_twist_may_be_a_sibling(exercise: Exercise) -> None:
    sibling = replace(exercise, id="the_sibling")
    write(
        exercise, '+++\nplace = "flagship"\n[twist]\nquestion = "And now?"\nexercise = "the_sibling"\n+++\nHow many?\n'
    )
    sheet = load(exercise, [exercise, sibling])
    assert sheet is not None
    assert sheet.twist is not None
    assert sheet.twist.exercise is sibling


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('place = "flagship"', 'place = "long"', 2, "'place' is 'long'; allowed: warm-up, flagship"),
        ('place = "flagship"', 'place = "warm-up"', 2, "only a flagship has a [twist]"),
        ('place = "flagship"', 'placed = "flagship"', 2, "unknown key 'placed'; did you mean 'place'?"),
        ('review = ["counts_all"]', 'review = ["nobody"]', 3, "'review' names 'nobody'; allowed: counts_all"),
        ('review = ["counts_all"]', 'review = "counts_all"', 3, "'review' must be a list"),
        ('question = "And at 60?"', 'asks = "And at 60?"', 6, "unknown key 'asks' in [twist]"),
        ('question = "And at 60?"', "question = 60", 6, "'question' must be a text"),
        ('question = "And at 60?"', 'question = "?"\nexercise = "nobody"', 7, "the twist names the exercise 'nobody'"),
        ("How many, roughly?\n", "", 2, "the vague prompt is missing"),
        ('[twist]\nquestion = "And at 60?"\n', "", 6, "'worlds' is about a twist"),
    ],
)
def test_what_is_wrong_names_its_line_and_what_is_allowed(
    exercise: Exercise, old: str, new: str, line: int, said: str
) -> None:
    write(exercise, FLAGSHIP.replace(old, new), twist="SELECT 60 AS n")
    with pytest.raises(ExerciseError) as caught:
        load(exercise)
    assert said in caught.value.problem
    assert (caught.value.file.name, caught.value.line) == ("interview.md", line)


def test_a_flagship_without_a_twist_is_not_finished(exercise: Exercise) -> None:
    write(exercise, WARM_UP.replace("warm-up", "flagship"))
    with pytest.raises(ExerciseError, match=r"a flagship has a \[twist\]"):
        load(exercise)


def test_a_twist_without_its_reference_is_not_finished(exercise: Exercise) -> None:
    write(exercise, FLAGSHIP)
    with pytest.raises(ExerciseError, match=r"the twist needs twist/reference\.sql"):
        load(exercise)


def test_the_folder_of_an_exercise_is_where_it_is_looked_for(exercise: Exercise, tmp_path: Path) -> None:
    write(exercise, WARM_UP)
    assert load(replace(exercise, folder=tmp_path)) is None
