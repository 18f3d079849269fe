"""`laglead explain RULE`: a lint rule's page."""

from __future__ import annotations

from typing import Annotated

import typer

from laglead.errors import Mistake
from laglead.output import Format, FormatOption, print_json
from laglead.prose import plain, table

ORDER = 100


def command(
    rule: Annotated[str, typer.Argument(help="A rule's id or name; all of them when none is named.")] = "",
    output: FormatOption = Format.TEXT,
) -> None:
    """Explain a lint rule: what it finds, why it bites, when to allow it."""
    from checker.rule import UnknownRule, explain, find, rules  # noqa: PLC0415 - sqlglot is slow to import

    chosen = rules()
    if rule:
        try:
            chosen = (find(rule),)
        except UnknownRule as error:
            raise Mistake(str(error).replace("there is", "There is", 1)) from None
    if output is Format.JSON:
        fields = ("id", "name", "summary", "page")
        print_json({"rules": [{f: getattr(r, f) for f in fields} | {"severity": r.severity.value} for r in chosen]})
    elif rule:
        typer.echo(plain(explain(chosen[0].id)))
    else:
        typer.echo(
            "\n".join(table([["rule", "name", "severity"], *([r.id, r.name, r.severity.value] for r in chosen)]))
        )
        typer.echo("\nNext: laglead explain RULE")
