"""What author commands share: the folders they mean, and the data they judge on."""

from __future__ import annotations

import difflib
import hashlib
import shutil
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from checker.dataset import NATIVE, Dataset, open_dataset
from checker.errors import DatasetError, ExerciseError
from checker.exercise import load
from laglead import curriculum
from laglead.cachefolder import cache_folder
from laglead.errors import Mistake
from laglead.steps import Steps

FIRST_SEED = 42
FURTHER_USERS = 300
SECONDS_KEPT = 24 * 3600


def cache_of_proofs() -> Path:
    """Where data, references and proofs of authors are kept."""
    return cache_folder() / "author"


def folders(root: Path, names: Sequence[str] = ()) -> list[Path]:
    """The exercise folders of these ids, numbers or paths, all of them without names; Mistake when there is none."""
    every = sorted((path.parent for path in root.glob("*/*/exercise.md")), key=_place)
    if not names:
        if not every:
            raise Mistake(f"{root}: there are no exercises here. Begin one: laglead author new TRACK/SLUG")
        return every
    return [_named(name, every) for name in names]


def _place(folder: Path) -> tuple[int, str, int, str]:
    return (*_ordered(folder.parent), *_ordered(folder))


def _ordered(folder: Path) -> tuple[int, str]:
    number, _, name = folder.name.partition("_")
    return (int(number), name) if number.isdigit() else (1 << 30, folder.name)


def _named(name: str, every: Sequence[Path]) -> Path:
    if (Path(name) / "exercise.md").is_file():
        return Path(name)
    wanted = name.rpartition("/")[2]
    ids = {_ordered(folder)[1]: folder for folder in every}
    if wanted in ids:
        return ids[wanted]
    for folder in every:
        if _number(folder) == wanted:
            return folder
    near = difflib.get_close_matches(wanted, list(ids), n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else "See: laglead list"
    raise Mistake(f"There is no exercise '{name}'. {hint}")


def _number(folder: Path) -> str | None:
    try:
        return load(folder).number
    except ExerciseError:
        return None


def thresholds(root: Path) -> tuple[str, ...]:
    """Every threshold that an exercise below `root` declares; those of broken exercises are left out."""
    found: list[str] = []
    for folder in folders(root):
        try:
            found += load(folder).thresholds
        except ExerciseError:
            continue
    return tuple(sorted(set(found)))


def datasets(seeds: Sequence[int], root: Path, data: Path | None) -> list[Dataset]:
    """The data sets to judge on: the one in `data`, or one a seed, generated when it is not there yet."""
    if data is not None:
        return [open_dataset(data)]
    wanted = thresholds(root)
    return [_generated(seed, wanted, first=number == 0) for number, seed in enumerate(seeds)]


def _generated(seed: int, wanted: Sequence[str], *, first: bool) -> Dataset:
    size = "practice" if first else "small"
    home = cache_of_proofs() / f"{size}-{seed}"
    folder = home / _digest(wanted)
    try:
        found = open_dataset(folder)
        if (folder / NATIVE).is_file():
            return found
    except DatasetError:
        pass
    _forget_old(home)
    _generate(seed, wanted, folder, first=first)
    return open_dataset(folder)


def _forget_old(home: Path) -> None:
    """Remove data of earlier generators; what is younger than a day may still be judged on by another process."""
    for folder in home.iterdir() if home.is_dir() else ():
        if folder.is_dir() and time.time() - folder.stat().st_mtime > SECONDS_KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _generate(seed: int, wanted: Sequence[str], folder: Path, *, first: bool) -> None:
    from checker import dataset  # noqa: PLC0415 - both are slow to import
    from generator import pipeline  # noqa: PLC0415
    from generator.plan import Plan  # noqa: PLC0415

    plan = Plan(seed=seed) if first else Plan(seed=seed, users=FURTHER_USERS)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with Steps() as steps:

        def finish(incoming: Path) -> None:
            dataset.build(incoming)

        def step(name: str, done: int, total: int) -> None:
            steps.step(f"data for seed {seed}: {name}", done, total)

        pipeline.generate(plan, str(folder), thresholds=tuple(wanted), progress=step, finish=finish)


def _digest(wanted: Sequence[str]) -> str:
    """What the data follows from: the generator's own files and the thresholds."""
    return hashlib.sha256("\0".join((_generator_digest(), *wanted)).encode()).hexdigest()[:16]


@cache
def _generator_digest() -> str:
    package = curriculum.PACKAGE.parent / "generator"
    digest = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".toml", ".sql", ".txt", ".json")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
