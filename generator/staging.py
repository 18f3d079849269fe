"""Shards on their way to a data set: each leaves a record when its files are whole; all of them can be joined.

A *run* is everything that decides the bytes: plan, layout, this program and the libraries under it. In a
directory the files of a run stand in `.incoming/RUN` until all are there. An object store cannot rename, so
there they are written where they will stay, and a data set that is there is never replaced: the manifest,
written last, makes it whole.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from generator import manifest, swap
from generator.errors import OutputError
from generator.parquet import Part
from generator.place import Place, Where, at
from generator.plan import Plan
from generator.shard import Layout

RECORDS = ".shards"
PLAN = "plan.json"
SOURCES = (".py", ".sql", ".toml")


@dataclass(frozen=True, slots=True)
class Staging:
    """Where the shards of one run are gathered: `target` is what people named, `place` where files are written."""

    target: Place
    place: Place
    run: str

    def record(self, number: int, parts: tuple[Part, ...]) -> None:
        """Say that a shard is whole: what it wrote."""
        text = json.dumps([asdict(part) for part in parts])
        self.place.write_text(f"{self._records}/{number:05}.json", text)

    def parts(self, number: int) -> tuple[Part, ...]:
        """What a shard that is done wrote."""
        return tuple(Part(**part) for part in json.loads(self.place.read_text(f"{self._records}/{number:05}.json")))

    def done(self) -> frozenset[int]:
        """The numbers of the shards that are whole."""
        names = (name.rsplit("/", 1)[-1].removesuffix(".json") for name in self.place.names(self._records))
        return frozenset(int(name) for name in names if name.isdigit())

    def commit(self) -> None:
        """Make a data set of it, in place of an earlier one."""
        if self.target.folder is None:
            self.place.remove(RECORDS)
        else:
            swap.commit(self.target.folder, self.run)

    def abandon(self) -> None:
        """Remove what was being written."""
        if self.target.folder is not None:
            swap.abandon(self.target.folder)

    @property
    def _records(self) -> str:
        return f"{RECORDS}/{self.run}"


def begin(plan: Plan, out: Where, layout: Layout) -> Staging:
    """Where to gather all shards of a plan; those that an earlier start of the same run finished are kept."""
    target, run = at(out), name_of(plan, layout)
    if target.folder is not None:
        swap.begin(target.folder, run)
    return _opened(target, run, plan)


def share(plan: Plan, out: Where, layout: Layout) -> Staging:
    """The same for one who makes some of the shards while others make theirs."""
    target, run = at(out), name_of(plan, layout)
    if target.folder is not None:
        swap.share(target.folder, run)
    return _opened(target, run, plan)


def found(plan: Plan, out: Where, layout: Layout) -> Staging:
    """What is there already, without a change."""
    return _gathered(at(out), name_of(plan, layout))


def name_of(plan: Plan, layout: Layout) -> str:
    """The name of a run: the same for everybody who would write the same bytes."""
    said = {"seed": plan.seed, "plan": plan.described(), "layout": asdict(layout)}
    said |= {"laglead": manifest.version_of("laglead"), "versions": manifest.versions()}
    return hashlib.blake2b((json.dumps(said, sort_keys=True) + _program()).encode(), digest_size=8).hexdigest()


def others(staging: Staging) -> list[dict[str, Any]]:
    """The plans of other runs that left shards at the same place."""
    target = staging.target
    shelf = target if target.folder is None else target.under(swap.INCOMING)
    plans = [name for name in shelf.names("", deep=True) if name.endswith(f"/{PLAN}") and staging.run not in name]
    return [json.loads(shelf.read_text(name)) for name in plans]


def _opened(target: Place, run: str, plan: Plan) -> Staging:
    staging = _gathered(target, run)
    if target.folder is None:
        _refuse_to_replace(staging)
    described = {"seed": plan.seed, **plan.described()}
    staging.place.write_text(f"{RECORDS}/{run}/{PLAN}", json.dumps(described))
    return staging


def _gathered(target: Place, run: str) -> Staging:
    place = target if target.folder is None else target.under(swap.INCOMING).under(run)
    return Staging(target, place, run)


def _refuse_to_replace(staging: Staging) -> None:
    """An object store keeps one data set, written once."""
    advice = "remove it yourself or choose another address"
    if manifest.NAME in staging.target.names(""):
        raise OutputError(staging.target.name, "a data set is there, and only a directory's can be replaced", advice)
    if others(staging):
        raise OutputError(staging.target.name, "shards of another plan or version are there", advice)


def _program() -> str:
    """A hash of this program's own text."""
    state = hashlib.blake2b(digest_size=8)
    for file in _sources(files("generator")):
        state.update(file.name.encode() + file.read_bytes())
    return state.hexdigest()


def _sources(folder: Traversable) -> list[Traversable]:
    inside = sorted(folder.iterdir(), key=lambda entry: entry.name)
    found = [entry for entry in inside if entry.name.endswith(SOURCES)]
    return found + [file for entry in inside if entry.is_dir() for file in _sources(entry)]
