"""Witnesses of findings: rows of the practice log that change when a finding is repaired."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from checker.sql_text import statement
from checker.verdict import Confirmation, Finding, Fix, Proof, Rows

MOST_WITNESSED = 2
MOST_CELLS = 4


def witnessed(findings: Iterable[Finding], sql: str, run: Callable[[str], Rows | None]) -> tuple[Finding, ...]:
    """The findings, the first ones with a repair run as written and repaired side by side.

    `run` gives the rows of a query, None when it has none to give. Where no row changes, the
    finding stays what it was: another log may hold the row.
    """
    confirmed, left = [], MOST_WITNESSED
    for finding in findings:
        change = finding.fix or finding.probe
        if change is not None and left > 0:
            left -= 1
            finding = _witnessed(finding, change, sql, run)  # noqa: PLW2901 - the same finding, surer
        confirmed.append(finding)
    return tuple(confirmed)


def of_chance(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of an answer that changed with the order of its input: the one that says so is proved by it."""
    return _proved_alone(findings, Proof.ORDER, "the answer changes with the order of its input, as shown")


def of_error(findings: Iterable[Finding], line: int) -> tuple[Finding, ...]:
    """The findings of an answer that the engine stopped at on this line: the one there that says so is proved by it."""
    listed = tuple(findings)
    there = [finding for finding in listed if finding.line <= line <= finding.end_line]
    return _proved_alone(listed, Proof.ERROR, "the engine stops here", there)


def _proved_alone(
    findings: Iterable[Finding], proof: Proof, witness: str, among: Iterable[Finding] | None = None
) -> tuple[Finding, ...]:
    listed = tuple(findings)
    about = [finding for finding in (listed if among is None else among) if finding.proof is proof]
    if len(about) != 1:
        return listed  # which of several it is, the verdict does not tell
    proved = replace(about[0], witness=witness, confirmed=Confirmation.WITNESSED)
    return tuple(proved if finding is about[0] else finding for finding in listed)


def _witnessed(finding: Finding, fix: Fix, sql: str, run: Callable[[str], Rows | None]) -> Finding:
    written, repaired = _bare(sql), _bare(fix.apply(sql))
    rows = run(statement("witness", written=written, repaired=repaired))
    if rows is None or not rows.rows:
        return finding
    side, *cells = rows.rows[0]
    named = list(zip(rows.columns[1:], cells, strict=True))[:MOST_CELLS]
    brief = ", ".join(f"{name} {_cell(cell)}" for name, cell in named)
    return replace(finding, witness=f"only {side}: {brief}", confirmed=Confirmation.WITNESSED)


def _bare(sql: str) -> str:
    """The query without its last semicolon, so that it fits into brackets."""
    return sql.rstrip().removesuffix(";")


def _cell(cell: str | None) -> str:
    return "NULL" if cell is None else cell[:30] if cell.strip() == cell and cell else f"'{cell[:30]}'"
