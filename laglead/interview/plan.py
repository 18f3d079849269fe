"""Which exercises an interview asks: drawn by a seed from those that have a sheet."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.interview_sheet import Place, Sheet, Twist
from laglead.errors import Mistake


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked; `review` is the wrong answer that a colleague hands in."""

    warm_up: Sheet
    flagship: Sheet
    review: Path

    @property
    def twist(self) -> Twist:
        if self.flagship.twist is None:
            raise ValueError(f"{self.flagship.exercise.id} is no flagship: it has no twist")
        return self.flagship.twist

    def as_json(self) -> dict[str, str]:
        """What names the plan in the file of a session."""
        return {
            "warm_up": self.warm_up.exercise.id,
            "flagship": self.flagship.exercise.id,
            "review": self.review.stem,
        }


def from_json(raw: dict[str, str], sheets: Iterable[Sheet]) -> Plan:
    """The plan of a session that was begun earlier; Mistake when an exercise is no longer there."""
    by_id = {sheet.exercise.id: sheet for sheet in sheets}
    try:
        warm_up, flagship = by_id[raw["warm_up"]], by_id[raw["flagship"]]
        review = next(path for path in flagship.exercise.wrong if path.stem == raw["review"])
    except (KeyError, StopIteration) as error:
        gone = f"It asked {raw.get('warm_up')} and {raw.get('flagship')}, which this version does not ask any more"
        raise Mistake(f"The interview cannot go on. {gone}. Begin a new one: laglead interview --new") from error
    return Plan(warm_up, flagship, review)


def draw(sheets: Sequence[Sheet], tracks: Collection[str], seed: int) -> Plan:
    """A plan; `tracks` bound the flagship and, where they can, the warm-up. Mistake when a track has no flagship."""
    rng = random.Random(seed)
    flagship = rng.choice(_flagships(sheets, tracks))
    warm_ups = [sheet for sheet in sheets if sheet.place is Place.WARM_UP]
    elsewhere = [sheet for sheet in warm_ups if sheet.exercise.track != flagship.exercise.track]
    wanted = [sheet for sheet in elsewhere if sheet.exercise.track in tracks]
    return Plan(rng.choice(wanted or elsewhere or warm_ups), flagship, rng.choice(flagship.review))


def _flagships(sheets: Sequence[Sheet], tracks: Collection[str]) -> list[Sheet]:
    every = [sheet for sheet in sheets if sheet.place is Place.FLAGSHIP]
    found = [sheet for sheet in every if not tracks or sheet.exercise.track in tracks]
    if not found:
        names = ", ".join(sorted({sheet.exercise.track for sheet in every}))
        raise Mistake(f"No long question is in {', '.join(tracks)}. The tracks that have one: {names}")
    return found
