"""The distilled worlds of an exercise: few that tell every mutant which all worlds together tell.

`distilled.json` in the exercise's folder holds them, with the seed they were drawn from and a seal over the
reference, the mutants and the worlds that tell each. It is written by `laglead author distill` alone. The
proof says when the seal no longer holds; it judges on all worlds whatever stands there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from checker.errors import ExerciseError
from checker.proof import Bucket, Proof

FILE = "distilled.json"


@dataclass(frozen=True, slots=True)
class Distilled:
    """`worlds` in the order in which they tell most of what is left; `told` counts the mutants that they tell.

    `of` is how many worlds tell any mutant at all.
    """

    seed: int
    seal: str
    worlds: tuple[int, ...]
    told: int
    of: int


def distil(proof: Proof, seed: int) -> Distilled:
    """A small set of worlds, found greedily, so that every mutant that some world tells is told by one of them."""
    told = _told(proof)
    chosen = cover(told)
    every = frozenset[int]().union(*told.values())
    return Distilled(seed, seal(proof), chosen, len(told), len(every))


def cover(told: Mapping[str, frozenset[int]]) -> tuple[int, ...]:
    """Worlds of which each mutant has one: always the world that tells most of those that are left, then the least."""
    left = {mutant: worlds for mutant, worlds in told.items() if worlds}
    chosen: list[int] = []
    while left:
        counts: dict[int, int] = {}
        for worlds in left.values():
            for world in worlds:
                counts[world] = counts.get(world, 0) + 1
        best = min(counts, key=lambda world: (-counts[world], world))
        chosen.append(best)
        left = {mutant: worlds for mutant, worlds in left.items() if best not in worlds}
    return tuple(chosen)


def seal(proof: Proof) -> str:
    """What the choice follows from: each mutant's text, what became of it, and the worlds that tell it."""
    parts = [[one.mutant.sql, one.bucket.value, sorted(one.worlds)] for one in proof.judged]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def write(folder: Path, distilled: Distilled) -> Path:
    """Keep them in the exercise's folder; returns the file."""
    file = folder / FILE
    file.write_text(json.dumps(asdict(distilled), indent=1) + "\n", encoding="utf-8")
    return file


def read(folder: Path) -> Distilled | None:
    """What is kept, None when nothing is; ExerciseError when the file is damaged."""
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        raw = json.loads(file.read_bytes())
        return Distilled(int(raw["seed"]), str(raw["seal"]), _numbers(raw["worlds"]), int(raw["told"]), int(raw["of"]))
    except (ValueError, KeyError, TypeError) as error:
        again = f"laglead author distill {folder.name.partition('_')[2]}"
        raise ExerciseError(file, 1, f"it cannot be read ({error}); write it anew: {again}") from error


def stale(folder: Path, proof: Proof, seed: int) -> str | None:
    """Why what is kept no longer holds, None when it does, when there is nothing, or when it is of another seed."""
    kept = read(folder)
    if kept is None or kept.seed != seed or kept.seal == seal(proof):
        return None
    again = f"laglead author distill {folder.name.partition('_')[2]}"
    return f"{FILE} is stale: the reference, the operators or the worlds have changed since; {again}"


def _told(proof: Proof) -> dict[str, frozenset[int]]:
    """The worlds that tell each mutant; the one that was confirmed stands for those that no list names."""
    found = {}
    for one in proof.of(Bucket.KILLED):
        worlds = one.worlds or ((one.world,) if one.world is not None else ())
        if worlds:
            found[one.mutant.id] = frozenset(worlds)
    return found


def _numbers(values: Sequence[object]) -> tuple[int, ...]:
    return tuple(int(str(value)) for value in values)
