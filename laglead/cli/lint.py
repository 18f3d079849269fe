"""`laglead lint PATH...`: pitfalls in SQL files, without running them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.verdict import Severity
from laglead import lint_settings, sql_files, workspace
from laglead.errors import MISTAKE, PASSED, WRONG, Mistake
from laglead.lint_reports import Linted, report
from laglead.lint_settings import Settings
from laglead.sql_files import SqlFile
from laglead.terminal import clean

if TYPE_CHECKING:
    from checker.profile import Profile
    from checker.rule import Rule

ORDER = 90


class Form(StrEnum):
    """What `--format` may be: the modules of laglead/lint_reports/."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with .sql files.", metavar="PATH...")],
    form: Annotated[
        Form,
        typer.Option("--format", help="text for people, json, sarif (2.1.0) or github (annotations) for programs."),
    ] = Form.TEXT,
    select: Annotated[
        list[str], typer.Option(help="Rules to run: ids, names or groups such as WIN.", metavar="RULE")
    ] = [],  # noqa: B006 - Typer reads it, nobody writes it
    ignore: Annotated[list[str], typer.Option(help="Rules not to run: ids, names or groups.", metavar="RULE")] = [],  # noqa: B006
    preview: Annotated[bool, typer.Option("--preview", help="Also the rules that are not certain.")] = False,
    schema: Annotated[
        Path | None,
        typer.Option(
            "--schema",
            "--data",
            help="What is known of your tables: DDL, TOML, dbt's manifest.json, or Parquet files.",
            metavar="PATH",
        ),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Make the safe repairs, and show them.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Make all repairs: some of them change what a query means.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the repairs, and change nothing.")] = False,
) -> None:
    """Find pitfalls of windows, NULL, time and joins in SQL files."""
    from checker.lint import findings_of  # noqa: PLC0415 - sqlglot is slow to import

    settings = lint_settings.find().with_options(select, ignore, preview=preview, schema=schema)
    chosen, known = _rules(settings), _profile(settings)
    files = list(sql_files.found(paths))
    if fix or unsafe_fixes or diff:
        files = list(_repaired(files, known, chosen, unsafe=unsafe_fixes, write=not diff, quiet=form is not Form.TEXT))
    linted = [Linted(file, findings_of(file.text, known, chosen)) for file in files]
    text = report(form.value, linted)
    if text:
        typer.echo(text)
    raise typer.Exit(_code(linted))


def _rules(settings: Settings) -> tuple[Rule, ...]:
    from checker.lint import choose  # noqa: PLC0415
    from checker.rule import UnknownRule  # noqa: PLC0415

    try:
        return choose(settings.select, settings.ignore, preview=settings.preview)
    except UnknownRule as error:
        where = f"{settings.file}: " if settings.file is not None else ""
        raise Mistake(f"{where}{error}") from None


def _profile(settings: Settings) -> Profile | None:
    """What a schema, or the log in place, says of the columns; rules that need it are silent without."""
    from laglead.lint_profile import of_catalog, of_schema  # noqa: PLC0415

    if settings.schema is not None:
        return of_schema(settings.schema)
    here = workspace.find()
    return of_catalog(here.data) if here else None


def _repaired(
    files: Iterable[SqlFile],
    known: Profile | None,
    chosen: tuple[Rule, ...],
    *,
    unsafe: bool,
    write: bool,
    quiet: bool,
) -> Iterator[SqlFile]:
    """Each file after its repairs, or as it is where nothing is written; the differences are shown."""
    from checker.repair import repair  # noqa: PLC0415

    for file in files:
        after = repair(file.text, known, chosen, unsafe=unsafe)
        if after != file.text:
            typer.echo(_difference(file, after), err=quiet)
            if write:
                file.write(after)
        yield SqlFile(file.path, after, file.mark) if write else file


def _difference(file: SqlFile, after: str) -> str:
    name = file.path.as_posix()
    lines = difflib.unified_diff(file.text.splitlines(), after.splitlines(), name, f"{name} (repaired)", lineterm="")
    return clean("\n".join(lines))


def _code(linted: Iterable[Linted]) -> int:
    results = [one.result for one in linted]
    if any(result.error is not None for result in results):
        return MISTAKE
    loud = any(f.severity is not Severity.INFO for result in results for f in result.findings)
    return WRONG if loud else PASSED
