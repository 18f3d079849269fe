"""A class's results: who answered what, what came of it, what goes wrong most, and who writes alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.dataset import Dataset
from checker.exercise import Exercise
from laglead.grading.outcome import UNJUDGED, Outcome
from laglead.grading.roster import Roster, Stray, Submission
from laglead.grading.similarity import Group


@dataclass(frozen=True, slots=True)
class Answered:
    """One cell of the table: a learner's answer, its text where it could be read, and its outcome."""

    submission: Submission
    text: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Mistake:
    """What goes wrong in an exercise, and how many learners it happens to."""

    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """How a class did in an exercise; `common` are its mistakes, the most common first."""

    exercise: Exercise
    answered: int
    passed: int
    common: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Gradebook:
    """Everything that a report says, in the order in which it says it; `seed` and `digest` are the log's."""

    name: str
    seed: int
    digest: str
    learners: tuple[str, ...]
    summaries: tuple[Summary, ...]
    cells: Mapping[tuple[str, str], Answered]
    groups: tuple[Group, ...]
    strays: tuple[Stray, ...]

    def cell(self, learner: str, exercise: Exercise) -> Answered | None:
        """The learner's answer to the exercise, None when there is none."""
        return self.cells.get((learner, exercise.id))

    def passed(self, learner: str) -> int:
        """How many of the exercises the learner solved."""
        found = (self.cell(learner, summary.exercise) for summary in self.summaries)
        return sum(one is not None and one.outcome.passed for one in found)

    def group(self, learner: str, exercise: Exercise) -> Group | None:
        """The group of similar answers that the learner's is in."""
        mine = (group for group in self.groups if group.exercise == exercise.id and learner in group.learners)
        return next(mine, None)

    @property
    def unjudged(self) -> tuple[Answered, ...]:
        """What our tools could not judge."""
        return tuple(one for one in self.cells.values() if one.outcome.verdict == UNJUDGED)


def gradebook(
    roster: Roster,
    dataset: Dataset,
    exercises: Sequence[Exercise],
    *,
    texts: Mapping[Submission, str],
    outcomes: Mapping[Submission, Outcome],
    groups: tuple[Group, ...],
) -> Gradebook:
    """The gradebook of a roster for these exercises."""
    wanted = {exercise.id for exercise in exercises}
    cells = {
        one.place: Answered(one, texts.get(one, ""), outcomes[one])
        for one in roster.submissions
        if one.exercise.id in wanted
    }
    return Gradebook(
        roster.folder.resolve().name,
        dataset.catalog.seed,
        dataset.digest,
        roster.learners,
        tuple(_summary(exercise, list(cells.values())) for exercise in exercises),
        cells,
        groups,
        roster.strays,
    )


def _summary(exercise: Exercise, cells: Sequence[Answered]) -> Summary:
    outcomes = [one.outcome for one in cells if one.submission.exercise.id == exercise.id]
    counts = Counter(outcome.mistake for outcome in outcomes if outcome.mistake)
    common = sorted((Mistake(words, count) for words, count in counts.items()), key=lambda m: (-m.count, m.words))
    return Summary(exercise, len(outcomes), sum(outcome.passed for outcome in outcomes), tuple(common))
