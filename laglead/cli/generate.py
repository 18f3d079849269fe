"""`laglead generate`: writes the practice log, the worlds and the prepared database, or verifies them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker import catalog
from laglead import generation, workspace
from laglead.errors import WRONG, Mistake
from laglead.generation import Wanted, Workers
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean

ORDER = 20


def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 42,
    users: Annotated[int | None, typer.Option(help="How many users; the profile's number by default.")] = None,
    profile: Annotated[str, typer.Option(help="practice, small, large, clean, hostile or wildchat.")] = "practice",
    mess: Annotated[list[str] | None, typer.Option(help="A kind of mess and its rate, such as redelivery=0.")] = None,
    start: Annotated[str | None, typer.Option(help="The first day of the log, such as 2026-01-05.")] = None,
    end: Annotated[str | None, typer.Option(help="The day after its last; whole weeks, 16 by default.")] = None,
    out: Annotated[str | None, typer.Option(help="A folder or an fsspec URL; the workspace's data by default.")] = None,
    workers: Annotated[int, typer.Option(help="How many processes make shards of 24,000 users.")] = 1,
    engine: Annotated[str, typer.Option(help="Who makes the shards: pool (this machine) or dask.")] = "pool",
    scheduler: Annotated[str | None, typer.Option(help="The address of a running Dask scheduler.")] = None,
    shard: Annotated[str | None, typer.Option(help="Make only share K of N of the shards, as K/N.")] = None,
    join: Annotated[bool, typer.Option("--join", help="Make a log of the shards that are there.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Recompute every hash instead of writing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write again although the same log is in place.")] = False,
    output: FormatOption = Format.TEXT,
) -> None:
    """Generate the practice log, or verify it."""
    where = out or str(workspace.needed().data)
    if verify:
        _verify(where, output)
        return
    if shard is not None and join:
        raise Mistake("--shard and --join: make all shards first, then join them")
    wanted = Wanted(seed=seed, users=users, profile=profile, mess=tuple(mess or ()), start=start, end=end)
    plan = generation.plan_of(wanted)
    crew = Workers(workers, engine, scheduler)
    if shard is not None:
        _say_share(generation.write_share(plan, where, shard, crew), where, shard, output)
    elif not force and generation.in_place(where, plan):
        _say(where, output, new=False)
    else:
        generation.write(plan, where, None if join else crew)
        _say(where, output, new=True)


def _say(where: str, output: Format, *, new: bool) -> None:
    from generator import manifest  # noqa: PLC0415 - only this command needs the generator

    found = manifest.read(where)
    worlds = found.raw["worlds"]["blocks"]
    if output is Format.JSON:
        print_json({"out": where, "seed": found.seed, "written": new, "rows": found.rows, "worlds": worlds})
        return
    turns = f"{found.rows.get('turns', 0):,} turns, {sum(worlds.values()):,} worlds, seed {found.seed}"
    state = "Generated" if new else "Already in place"
    typer.echo(clean(f"{state}: {turns}, in {_shown(where)}"))


def _say_share(missing: tuple[int, ...], where: str, shard: str, output: Format) -> None:
    if output is Format.JSON:
        print_json({"out": where, "shard": shard, "missing": [number + 1 for number in missing]})
    elif missing:
        typer.echo(
            clean(f"Share {shard} is in {_shown(where)}; {len(missing)} shards of other shares are not there yet.")
        )
    else:
        typer.echo(clean(f"Share {shard} is in {_shown(where)}, and so are all others. Now: the same with --join"))


def _verify(where: str, output: Format) -> None:
    from generator import manifest  # noqa: PLC0415

    if "://" not in where:
        catalog.read(Path(where))
    differing = manifest.verify(where)
    if output is Format.JSON:
        print_json({"out": where, "verified": not differing, "differs": [str(item) for item in differing]})
    elif differing:
        typer.echo(clean(f"{differing[0]}\nMake it again: laglead generate --force"))
    else:
        typer.echo(clean(f"Verified: every table in {_shown(where)} is what its manifest says."))
    if differing:
        raise typer.Exit(WRONG)


def _shown(where: str) -> str:
    return where if "://" in where else workspace.shown(Path(where))
