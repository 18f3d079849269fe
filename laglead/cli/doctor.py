"""`laglead doctor`: what is wrong here, and the command that mends it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path

import typer

from checker.dataset import open_dataset
from checker.errors import DatasetCorrupt, DatasetMissing, ExerciseError
from laglead import curriculum, workspace
from laglead.errors import FAULT, MISTAKE, PASSED
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean, pad, paint

ORDER = 110
PACKAGES = ("duckdb", "numpy", "polars", "pyarrow", "rich", "sqlglot", "typer")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `code` is 0 when it is well, `mend` the command that mends it."""

    what: str
    state: str
    code: int = PASSED
    mend: str = ""


def command(output: FormatOption = Format.TEXT) -> None:
    """Look at versions, packages, sandbox, data and permissions."""
    found = list(_examined())
    if output is Format.JSON:
        fields = ("what", "state", "code", "mend")
        print_json({"findings": [{name: getattr(one, name) for name in fields} for one in found]})
    else:
        for one in found:
            sign = paint("✓", "green") if one.code == PASSED else paint("✗", "red")
            typer.echo(clean(f"{pad(one.what, 12)} ") + sign + clean(f" {one.state}"))
            if one.mend:
                typer.echo(clean(f"{' ' * 15}mend it: {one.mend}"))
    raise typer.Exit(max(one.code for one in found))


def _examined() -> Iterator[Finding]:
    yield _python()
    yield from (_package(name) for name in PACKAGES)
    yield from (_our_name(name) for name in ("generator", "checker", "laglead"))
    yield _exercises()
    yield _sandbox()
    yield from _workspace()


def _python() -> Finding:
    return Finding("python", platform.python_version())


def _package(name: str) -> Finding:
    try:
        return Finding(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, "not installed", FAULT, f"python -m pip install {name}")


def _our_name(name: str) -> Finding:
    # The names are common words: another package of that name would be imported silently.
    place = Path(import_module(name).__file__ or "").resolve().parent
    if place.parent == curriculum.PACKAGE.parent:
        return Finding(name, "ours")
    return Finding(name, f"resolves to {place}", FAULT, "install laglead in an environment of its own: pipx install .")


def _exercises() -> Finding:
    try:
        return Finding("exercises", f"{len(curriculum.exercises())} found")
    except ExerciseError as error:
        return Finding("exercises", str(error), FAULT, "python -m pip install --force-reinstall laglead")


def _sandbox() -> Finding:
    from laglead.sandbox_state import layers, missing  # noqa: PLC0415

    held = layers()
    if held is None:
        return Finding("sandbox", "not tried: no data yet")
    absent = missing(held)
    if not absent:
        return Finding("sandbox", f"all {len(held)} layers of the system hold: {', '.join(held)}")
    return Finding("sandbox", f"holds: {', '.join(held) or 'nothing of the system'}; missing: {', '.join(absent)}")


def _workspace() -> Iterator[Finding]:
    here = workspace.find()
    if here is None:
        yield Finding("workspace", "none here", MISTAKE, "laglead init practice && cd practice")
        return
    yield Finding("workspace", str(here.root))
    for path in (here.root, here.answers, here.data):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            yield Finding("permission", f"{path} cannot be written", MISTAKE, f"chmod u+rwX {path}")
    yield _data(here)


def _data(here: workspace.Workspace) -> Finding:
    try:
        found = open_dataset(here.data)
    except DatasetMissing:
        return Finding("data", "none yet", MISTAKE, "laglead generate")
    except DatasetCorrupt as error:
        return Finding("data", error.problem, FAULT, "laglead generate --force")
    turns = found.catalog.tables["turns"].rows if "turns" in found.catalog.tables else 0
    return Finding("data", f"seed {found.catalog.seed}, {turns:,} turns")
