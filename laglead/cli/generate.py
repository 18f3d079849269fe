"""`laglead generate`: writes the practice log, the worlds and the prepared database, or verifies them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from checker import catalog
from checker.dataset import NATIVE
from checker.errors import DatasetError
from laglead import curriculum, workspace
from laglead.errors import WRONG, Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.steps import Steps
from laglead.terminal import clean

ORDER = 20


def command(
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 42,
    users: Annotated[int | None, typer.Option(help="How many users; the profile's number by default.")] = None,
    profile: Annotated[str, typer.Option(help="practice, small, large, clean, hostile or wildchat.")] = "practice",
    mess: Annotated[list[str] | None, typer.Option(help="A kind of mess and its rate, such as redelivery=0.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write; the workspace's data by default.")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Recompute every hash instead of writing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write again although the same log is in place.")] = False,
    output: FormatOption = Format.TEXT,
) -> None:
    """Generate the practice log, or verify it."""
    folder = out or workspace.needed().data
    if verify:
        _verify(folder, output)
        return
    wanted = _plan(seed, users, profile, mess or [])
    if not force and _in_place(folder, wanted):
        _say(folder, output, new=False)
        return
    _write(folder, wanted)
    _say(folder, output, new=True)


def _plan(seed: int, users: int | None, profile: str, mess: list[str]) -> Any:
    from generator.plan import Plan  # noqa: PLC0415 - only this command needs the generator

    rates = dict(_rate(text) for text in mess)
    if users is None:
        return Plan(seed=seed, profile=profile, mess=rates)
    return Plan(seed=seed, profile=profile, mess=rates, users=users)


def _rate(text: str) -> tuple[str, float]:
    kind, _, rate = text.partition("=")
    try:
        return kind.strip(), float(rate)
    except ValueError:
        raise Mistake(f"--mess {text}: write a kind and a rate between 0 and 1, such as redelivery=0.02") from None


def _in_place(folder: Path, plan: Any) -> bool:
    from generator import pipeline  # noqa: PLC0415

    try:
        pipeline.recover(folder)
        found = catalog.read(folder)
    except DatasetError:
        return False
    blocks = {"base", *curriculum.thresholds()}
    same = found.seed == plan.seed and found.plan == plan.described()
    return same and blocks <= set(found.world_blocks) and (folder / NATIVE).is_file()


def _write(folder: Path, plan: Any) -> None:
    from checker import dataset  # noqa: PLC0415
    from generator import pipeline  # noqa: PLC0415

    with Steps() as steps:

        def finish(incoming: Path) -> None:
            steps.step("preparing the database", 0, 1)
            dataset.build(incoming)

        pipeline.generate(plan, folder, thresholds=curriculum.thresholds(), progress=steps.step, finish=finish)


def _say(folder: Path, output: Format, *, new: bool) -> None:
    found = catalog.read(folder)
    rows = {name: table.rows for name, table in found.tables.items()}
    if output is Format.JSON:
        print_json({"out": str(folder), "seed": found.seed, "written": new, "rows": rows, "worlds": found.world_blocks})
        return
    turns = f"{rows.get('turns', 0):,} turns, {sum(found.world_blocks.values()):,} worlds, seed {found.seed}"
    state = "Generated" if new else "Already in place"
    typer.echo(clean(f"{state}: {turns}, in {workspace.shown(folder)}"))


def _verify(folder: Path, output: Format) -> None:
    from generator import manifest  # noqa: PLC0415

    catalog.read(folder)
    differing = manifest.verify(folder)
    if output is Format.JSON:
        print_json({"out": str(folder), "verified": not differing, "differs": [str(item) for item in differing]})
    elif differing:
        typer.echo(clean(f"{differing[0]}\nMake it again: laglead generate --force"))
    else:
        typer.echo(clean(f"Verified: every table in {workspace.shown(folder)} is what its manifest says."))
    if differing:
        raise typer.Exit(WRONG)
