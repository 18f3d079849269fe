"""`laglead lint PATH...`: pitfalls in SQL files, without running them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checker import answer
from checker.errors import AnswerMissing
from checker.verdict import Finding, Refused, Severity
from laglead import workspace
from laglead.errors import MISTAKE, PASSED, WRONG, Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.terminal import clean
from laglead.verdict_json import finding_json
from laglead.verdict_text import caret

if TYPE_CHECKING:
    from checker.lint import LintResult
    from checker.profile import Profile

ORDER = 90


def command(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders with .sql files.", metavar="PATH...")],
    output: FormatOption = Format.TEXT,
) -> None:
    """Find window-function and null-handling pitfalls in SQL files."""
    from checker.lint import lint  # noqa: PLC0415 - sqlglot is slow to import

    known = _profile()
    texts = [(path, _read(path)) for path in _files(paths)]
    results = [(path, sql, lint(sql, known)) for path, sql in texts]
    if output is Format.JSON:
        print_json({"files": [_as_json(path, result) for path, _, result in results]})
    else:
        _print(results)
    raise typer.Exit(_code([result for _, _, result in results]))


def _profile() -> Profile | None:
    """What the log that is in place says of its columns; rules that need it are silent without."""
    from laglead.lint_profile import of_catalog  # noqa: PLC0415

    here = workspace.find()
    return of_catalog(here.data) if here else None


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise Mistake(f"{path}: there is no such file or folder. Name SQL files, such as answers/")
        yield from sorted(path.rglob("*.sql")) if path.is_dir() else [path]


def _read(path: Path) -> str:
    try:
        sql = answer.read(path)
    except AnswerMissing:
        raise Mistake(f"{path}: there is no such file. Name SQL files, such as answers/") from None
    if isinstance(sql, Refused):
        raise Mistake(sql.message if str(path) in sql.message else f"{path}: {sql.message}")
    return sql


def _print(results: list[tuple[Path, str, LintResult]]) -> None:
    count = 0
    for path, sql, result in results:
        if result.error is not None:
            problem = result.error
            typer.echo(clean(f"{path}:{problem.line}:{problem.column}: cannot be linted: {problem.message}"))
        for finding in result.findings:
            count += 1
            typer.echo("\n".join(_shown(finding, path, sql)))
    files = f"{len(results)} file{'' if len(results) == 1 else 's'}"
    typer.echo(f"{count or 'no'} finding{'' if count == 1 else 's'} in {files}")
    if count:
        typer.echo("Next: laglead explain RULE")


def _shown(finding: Finding, path: Path, sql: str) -> list[str]:
    head = f"{path}:{finding.line}:{finding.column}: {finding.rule} {finding.severity.value}: {finding.message}"
    lines = sql.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line_end = len(lines[finding.line - 1]) + 1 if finding.line <= len(lines) else finding.column
    end = finding.end_column if finding.end_line == finding.line else line_end
    return [clean(head), *caret(sql, finding.line, finding.column, max(1, end - finding.column))]


def _code(results: list[LintResult]) -> int:
    if any(result.error is not None for result in results):
        return MISTAKE
    loud = any(f.severity is not Severity.INFO for result in results for f in result.findings)
    return WRONG if loud else PASSED


def _as_json(path: Path, result: LintResult) -> dict[str, Any]:
    problem = result.error
    error = problem and {"message": problem.message, "line": problem.line, "column": problem.column}
    return {"file": str(path), "error": error, "findings": [finding_json(f) for f in result.findings]}
