"""What an exercise says of itself when it is asked in an interview: `interview.md` in its folder.

Front matter, then the vague form of the prompt. A flagship has a twist: a follow-up question that is judged
as an exercise of its own, by `twist/reference.sql` or as a sibling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from checker import exercise as exercises
from checker import front_matter
from checker.exercise import Exercise, Order
from checker.front_matter import Document

FILE = "interview.md"
TWIST = "twist"


class Place(Enum):
    """Where in an interview an exercise may be asked."""

    WARM_UP = "warm-up"
    FLAGSHIP = "flagship"


@dataclass(frozen=True, slots=True)
class Twist:
    """A follow-up; `exercise` is how it is judged, its decisions are those that may be asked about."""

    question: str
    exercise: Exercise


@dataclass(frozen=True, slots=True)
class Sheet:
    """An exercise as an interviewer asks it; `review` are the wrong answers that a colleague may have written."""

    exercise: Exercise
    place: Place
    prompt: str
    review: tuple[Path, ...]
    twist: Twist | None = None


def load(exercise: Exercise, known: Sequence[Exercise] = ()) -> Sheet | None:
    """The sheet of `exercise`, None when it has none; ExerciseError when it breaks the contract.

    A twist that is a sibling must be among the `known` exercises.
    """
    file = exercise.folder / FILE
    if not file.is_file():
        return None
    document = front_matter.read(file)
    front_matter.check_keys(
        document, document.keys, required=("place",), optional=("review", "twist", "output", "worlds", "decision")
    )
    place = Place(front_matter.choice(document, document.keys, "place", [place.value for place in Place]))
    if not document.body.strip():
        raise document.error("place", "the vague prompt is missing; write it after the closing +++")
    twist = _twist(document, exercise, known)
    if (twist is not None) is not (place is Place.FLAGSHIP):
        needs = "a flagship has a [twist]" if twist is None else "only a flagship has a [twist]"
        raise document.error("place", f"{needs}; 'place' is {place.value!r}")
    return Sheet(exercise, place, document.body, _review(document, exercise), twist)


def _review(document: Document, exercise: Exercise) -> tuple[Path, ...]:
    names = front_matter.texts(document, document.keys, "review")
    there = {path.stem: path for path in exercise.wrong}
    for name in names:
        if name not in there:
            raise document.error("review", f"'review' names {name!r}; allowed: {', '.join(sorted(there))}")
    return tuple(there[name] for name in names) or exercise.wrong


def _twist(document: Document, exercise: Exercise, known: Sequence[Exercise]) -> Twist | None:
    raw = front_matter.value(document, document.keys, "twist", dict, {})
    if not raw:
        for key in ("output", "worlds", "decision"):
            if key in document.keys:
                raise document.error(key, f"'{key}' is about a twist; add [twist] with its question, or take it out")
        return None
    front_matter.check_keys(document, raw, required=("question",), optional=("exercise",), inside="twist")
    question = front_matter.value(document, raw, "question", str).strip()
    if "exercise" in raw:
        return Twist(question, _sibling(document, front_matter.value(document, raw, "exercise", str), known))
    return Twist(question, _own(document, exercise, question))


def _sibling(document: Document, name: str, known: Sequence[Exercise]) -> Exercise:
    for exercise in known:
        if exercise.id == name:
            return exercise
    names = ", ".join(exercise.id for exercise in known) or "none are known here"
    raise document.error("exercise", f"the twist names the exercise {name!r}; allowed: {names}")


def _own(document: Document, exercise: Exercise, question: str) -> Exercise:
    """The exercise with the twist's reference, output, thresholds and further decisions."""
    folder = exercise.folder / TWIST
    if not (folder / "reference.sql").is_file():
        raise document.error("twist", f'the twist needs {TWIST}/reference.sql, or exercise = "id" of a sibling')
    return replace(
        exercise,
        id=f"{exercise.id}.{TWIST}",
        folder=folder,
        prompt=question,
        output=exercises.output(document) if "output" in document.keys else exercise.output,
        order=Order() if "output" in document.keys else exercise.order,
        thresholds=exercises.thresholds(document) or exercise.thresholds,
        decisions=(*exercise.decisions, *exercises.decisions(document)),
        accepts=(),
    )
