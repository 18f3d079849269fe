"""What people ask of `laglead generate`, as the generator understands it; the generator is imported when needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from checker import catalog
from checker.dataset import NATIVE
from checker.errors import DatasetError
from laglead import curriculum
from laglead.errors import Mistake
from laglead.steps import Steps

if TYPE_CHECKING:
    from generator.engines import Crew
    from generator.plan import Plan


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan as people write it; None is the profile's."""

    seed: int
    users: int | None
    profile: str
    mess: tuple[str, ...]
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Workers:
    """Who works, as people write it."""

    count: int
    engine: str
    scheduler: str | None

    def crew(self) -> Crew:
        """The crew; Mistake when there is no such crew."""
        from generator.engines import Crew, engines  # noqa: PLC0415

        if self.count < 1:
            raise Mistake(f"--workers {self.count}: at least one has to work")
        if self.engine not in engines():
            raise Mistake(f"--engine {self.engine}: choose one of {', '.join(engines())}")
        if self.scheduler and self.engine == Crew().engine:
            raise Mistake("--scheduler is the address of a Dask scheduler: add --engine dask")
        return Crew(self.count, self.engine, self.scheduler)


def plan_of(wanted: Wanted) -> Plan:
    """The plan; Mistake or PlanError names the first value that is out of range."""
    from generator.plan import STARTS_AT, Plan, weeks_between  # noqa: PLC0415

    given: dict[str, object] = {} if wanted.users is None else {"users": wanted.users}
    start = _moment("--start", wanted.start) if wanted.start else STARTS_AT
    if wanted.end:
        given["weeks"] = weeks_between(start, _moment("--end", wanted.end))
    rates = dict(_rate(text) for text in wanted.mess)
    return Plan(seed=wanted.seed, profile=wanted.profile, mess=rates, starts_at=start, **given)  # type: ignore[arg-type]


def in_place(where: str, plan: Plan) -> bool:
    """Whether the same log, with all worlds and its database, is there already."""
    from generator import manifest, pipeline  # noqa: PLC0415
    from generator.errors import ManifestError  # noqa: PLC0415

    pipeline.recover(where, plan)
    try:
        found = manifest.read(where)
        if "://" not in where:
            catalog.read(Path(where))
    except (DatasetError, ManifestError):
        return False
    blocks = {"base", *curriculum.thresholds()}
    same = found.seed == plan.seed and found.raw["plan"] == plan.described()
    return (
        same and blocks <= set(found.raw["worlds"]["blocks"]) and ("://" in where or (Path(where) / NATIVE).is_file())
    )


def write(plan: Plan, where: str, workers: Workers | None) -> None:
    """Write the log, or join its shards where nobody is to make any."""
    from checker import dataset  # noqa: PLC0415
    from generator import pipeline  # noqa: PLC0415

    with Steps() as steps:

        def finish(folder: Path) -> None:
            steps.step("preparing the database", 0, 1)
            dataset.build(folder)

        thresholds = curriculum.thresholds()
        if workers is None:
            pipeline.join(plan, where, thresholds=thresholds, progress=steps.step, finish=finish)
        else:
            crew = workers.crew()
            with _told_what_is_kept(plan, where):
                pipeline.generate(plan, where, thresholds=thresholds, progress=steps.step, finish=finish, crew=crew)


def write_share(plan: Plan, where: str, shard: str, workers: Workers) -> tuple[int, ...]:
    """Write a share of the shards; the numbers of those that are still missing."""
    from generator import pipeline  # noqa: PLC0415
    from generator.share import parse  # noqa: PLC0415

    share, crew = parse(shard), workers.crew()
    with Steps() as steps:
        return pipeline.write_share(plan, where, share, progress=steps.step, crew=crew)


@contextmanager
def _told_what_is_kept(plan: Plan, where: str) -> Iterator[None]:
    from generator import pipeline  # noqa: PLC0415

    try:
        yield
    except KeyboardInterrupt:
        shards = pipeline.kept(plan, where)
        if shards:
            print(f"{shards} finished shards are kept: the same command goes on from there.", file=sys.stderr)
        raise


def _rate(text: str) -> tuple[str, float]:
    kind, _, rate = text.partition("=")
    try:
        return kind.strip(), float(rate)
    except ValueError:
        raise Mistake(f"--mess {text}: write a kind and a rate between 0 and 1, such as redelivery=0.02") from None


def _moment(option: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Mistake(f"{option} {text}: write a day such as 2026-01-05") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
