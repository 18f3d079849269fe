"""Proposes wrong answers: killed mutants that no wrong answer of the exercise is like, one a kind of mistake."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checker.dataset import Dataset
from checker.exercise import Exercise
from checker.finished import MISTAKE
from checker.limits import Limits
from checker.nursery import nursery
from checker.proof import Bucket, Judged, prove
from checker.trial import Told, Trial


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` is a whole file for wrong/; `worlds` is how many worlds tell it."""

    id: str
    name: str
    text: str
    worlds: int


def suggest(exercise: Exercise, dataset: Dataset, *, cache: Path | None = None) -> tuple[Suggestion, ...]:
    """The suggestions, those that most worlds tell last: a mistake that few data show is the most instructive."""
    killed = list(prove(exercise, dataset, cache=cache).of(Bucket.KILLED))
    known = _told_by_wrong(exercise, dataset, cache)
    fresh = [one for one in killed if one.worlds and one.worlds not in known]
    found: dict[str, Judged] = {}
    for one in sorted(fresh, key=lambda one: len(one.worlds)):
        found.setdefault(one.mutant.operator.id, one)
    return tuple(_suggestion(one) for one in found.values())


def _told_by_wrong(exercise: Exercise, dataset: Dataset, cache: Path | None) -> set[tuple[int, ...]]:
    """For each wrong answer the worlds that tell it: an equal set is the same mistake."""
    known: set[tuple[int, ...]] = set()
    with nursery():
        trial = Trial(exercise, dataset, limits=Limits(), cache=cache)
        try:
            for path in exercise.wrong:
                outcome = trial.run(path.read_text(encoding="utf-8-sig"))
                if isinstance(outcome, Told):
                    known.add(outcome.worlds)
        finally:
            trial.close()
    return known


def _suggestion(one: Judged) -> Suggestion:
    said = one.mutant.mistake.removeprefix("You ").rstrip(".")
    where = f", in {one.mutant.step}" if one.mutant.step else ""
    # A wrong answer says what it does, as the others of the folder do: "counts assistant turns".
    text = f"{MISTAKE}{_third_person(said)}{where}\n{one.mutant.sql}"
    return Suggestion(one.mutant.id, one.mutant.operator.name, text, len(one.worlds))


def _third_person(said: str) -> str:
    verb, _, rest = said.partition(" ")
    irregular = {"do": "does", "are": "is"}
    ending = "es" if verb.endswith(("s", "x", "ch", "sh")) else "s"
    return f"{irregular.get(verb, verb + ending)} {rest}"
