"""The only composer: a plan goes in, a whole data set and its manifest come out, or nothing changes.

`generate` does all of it. Where several machines share the work, each calls `write_share` and one calls `join`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pyarrow import fs

from generator import manifest, staging, swap, worlds
from generator.engines import Crew, engines
from generator.errors import OutputError, ShardError, WorkerError
from generator.manifest import Manifest
from generator.place import Place, Where, at
from generator.plan import Plan
from generator.shard import LAYOUT, Layout, shards, write_background, write_shard
from generator.share import Share
from generator.staging import Staging
from generator.worlds import WorldsSummary

Progress = Callable[[str, int, int], None]
Finish = Callable[[Path], None]
ALONE = Crew()


def generate(
    plan: Plan,
    out: Where,
    *,
    thresholds: Sequence[str] = (),
    progress: Progress | None = None,
    crew: Crew = ALONE,
    finish: Finish | None = None,
    layout: Layout = LAYOUT,
) -> Manifest:
    """Write the data set of `plan` to `out`, in place of an earlier one, and nothing else there.

    `progress(step, done, of)` is told what is being made; `finish(folder)` may add to the data set of a
    directory before it is put in place. Raises OutputError when `out` cannot be written; the earlier data stays.
    """
    tell = progress or _silent
    with _written(out):
        stage = staging.begin(plan, out, layout)
        with _tidied(stage, shards(plan, layout)):
            _make(plan, stage, range(shards(plan, layout)), tell, crew, layout)
            return _joined(plan, stage, thresholds, tell, finish, layout)


def write_share(
    plan: Plan,
    out: Where,
    share: Share,
    *,
    progress: Progress | None = None,
    crew: Crew = ALONE,
    layout: Layout = LAYOUT,
) -> tuple[int, ...]:
    """Write a share of the shards to `out`, to be joined later; the numbers of all shards still missing there."""
    total = shards(plan, layout)
    with _written(out):
        stage = staging.share(plan, out, layout)
        _make(plan, stage, share.numbers(total), progress or _silent, crew, layout)
        return tuple(sorted(set(range(total)) - stage.done()))


def join(
    plan: Plan,
    out: Where,
    *,
    thresholds: Sequence[str] = (),
    progress: Progress | None = None,
    finish: Finish | None = None,
    layout: Layout = LAYOUT,
) -> Manifest:
    """Make the data set of `plan` of the shards that were written to `out`; ShardError when some are missing."""
    with _written(out):
        stage = staging.share(plan, out, layout)
        return _joined(plan, stage, thresholds, progress or _silent, finish, layout)


def recover(out: Where, plan: Plan | None = None, layout: Layout = LAYOUT) -> None:
    """Deal with what an interrupted run left in the directory `out`; finished shards of `plan` are kept."""
    folder = at(out).folder
    if folder is not None:
        swap.recover(folder, staging.name_of(plan, layout) if plan else "")


def kept(plan: Plan, out: Where, layout: Layout = LAYOUT) -> int:
    """How many finished shards of a plan wait at `out` for the rest."""
    return len(staging.found(plan, out, layout).done())


def _make(plan: Plan, stage: Staging, wanted: Iterable[int], tell: Progress, crew: Crew, layout: Layout) -> None:
    """Write those shards that are not there yet."""
    numbers = sorted(set(wanted) - stage.done())
    tell("conversations", 0, len(numbers))
    task = partial(_write, plan, stage, layout)
    for done, _ in enumerate(engines()[crew.engine](task, numbers, crew), start=1):
        tell("conversations", done, len(numbers))


def _write(plan: Plan, stage: Staging, layout: Layout, number: int) -> None:
    stage.record(number, write_shard(plan, number, stage.place, layout))


def _joined(
    plan: Plan, stage: Staging, thresholds: Sequence[str], tell: Progress, finish: Finish | None, layout: Layout
) -> Manifest:
    total = shards(plan, layout)
    missing = sorted(set(range(total)) - stage.done())
    if missing:
        raise ShardError(stage.target.name, missing, total, _told(staging.others(stage)))
    tell("models, experiments, incidents", 0, 1)
    parts = [*write_background(plan, stage.place)]
    for number in range(total):
        parts += stage.parts(number)
    tell("worlds", 0, 1)
    made = manifest.compose(plan, parts, _worlds(stage.place, plan, thresholds), thresholds)
    manifest.write(stage.place, made)
    if finish is not None and stage.place.folder is not None:
        finish(stage.place.folder)
    stage.commit()
    return made


def _worlds(place: Place, plan: Plan, thresholds: Sequence[str]) -> WorldsSummary:
    if place.folder is not None:
        return worlds.write(place.folder, seed=plan.seed, thresholds=thresholds)
    with TemporaryDirectory() as folder:
        made = worlds.write(Path(folder), seed=plan.seed, thresholds=thresholds)
        fs.copy_files(folder, "", source_filesystem=fs.LocalFileSystem(), destination_filesystem=place.files)
    return made


@contextmanager
def _written(out: Where) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            out, error.strerror or str(error), "make room or choose another folder, then run it again"
        ) from error


@contextmanager
def _tidied(stage: Staging, total: int) -> Iterator[None]:
    """A run that ended early while shards were made goes on from there; any other leaves nothing."""
    try:
        yield
    except BaseException as error:
        worth_keeping = isinstance(error, KeyboardInterrupt | WorkerError) and 0 < len(stage.done()) < total
        if not worth_keeping:
            # What cannot be removed now is removed by the next start.
            with suppress(OSError):
                stage.abandon()
        raise


def _told(plans: Sequence[dict[str, object]]) -> str:
    if not plans:
        return ""
    shown = "; ".join(f"seed {plan['seed']}, {plan['users']:,} users" for plan in plans[:3])
    return f" (there are shards of another plan or version: {shown})"


def _silent(step: str, done: int, of: int) -> None:
    """Tell nobody."""
