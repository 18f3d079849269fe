"""The only composer: a plan goes in, a whole data set and its manifest come out, or nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from generator import manifest, swap, worlds
from generator.errors import OutputError
from generator.manifest import Manifest
from generator.parquet import Part
from generator.plan import Plan
from generator.shard import LAYOUT, Layout, shards, write_background, write_shard

Progress = Callable[[str, int, int], None]
Finish = Callable[[Path], None]


def generate(
    plan: Plan,
    out: Path,
    *,
    thresholds: Sequence[str] = (),
    progress: Progress | None = None,
    workers: int = 1,
    finish: Finish | None = None,
    layout: Layout = LAYOUT,
) -> Manifest:
    """Write the data set of `plan` into `out`, in place of an earlier one, and nothing else there.

    `progress(step, done, of)` is told what is being made; `finish(folder)` may add to the data set before
    it is put in place. Raises OutputError when the folder cannot be written; the earlier data stays.
    """
    tell = progress or _silent
    try:
        incoming = swap.begin(out)
        made = _make(plan, incoming, thresholds, tell, _Work(workers, layout))
        if finish is not None:
            finish(incoming)
        swap.commit(out)
    except OSError as error:
        _abandon(out)
        raise OutputError(
            out, error.strerror or str(error), "make room or choose another folder, then run it again"
        ) from error
    except BaseException:
        # Ctrl-C included: what was being written goes, what was there stays.
        _abandon(out)
        raise
    return made


def recover(out: Path) -> None:
    """Deal with what an interrupted run left in `out`."""
    swap.recover(out)


@dataclass(frozen=True, slots=True)
class _Work:
    workers: int
    layout: Layout


def _make(plan: Plan, incoming: Path, thresholds: Sequence[str], tell: Progress, work: _Work) -> Manifest:
    total = shards(plan, work.layout) + 2
    tell("models, experiments, incidents", 0, total)
    parts = [*write_background(plan, incoming)]
    for number, written in enumerate(_shards(plan, incoming, work)):
        parts += written
        tell("conversations", number + 1, total)
    tell("worlds", total - 1, total)
    summary = worlds.write(incoming, seed=plan.seed, thresholds=thresholds)
    made = manifest.compose(plan, parts, summary, thresholds)
    manifest.write(incoming, made)
    tell("manifest", total, total)
    return made


def _shards(plan: Plan, incoming: Path, work: _Work) -> Iterator[tuple[Part, ...]]:
    """What each shard wrote, in order, whoever wrote it."""
    write = partial(write_shard, plan, folder=incoming, layout=work.layout)
    numbers = range(shards(plan, work.layout))
    if work.workers <= 1 or len(numbers) == 1:
        yield from map(write, numbers)
        return
    with ProcessPoolExecutor(work.workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(write, numbers)


def _abandon(out: Path) -> None:
    try:
        swap.abandon(out)
    except OSError:
        # What cannot be removed now is removed by the next start.
        return


def _silent(step: str, done: int, of: int) -> None:
    """Tell nobody."""
