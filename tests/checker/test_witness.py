"""A finding is witnessed by a row that changes when it is repaired, and by nothing else."""

from __future__ import annotations

import duckdb
import pytest
from profiles import PROFILE

from checker.lint import lint
from checker.verdict import Confirmation, Finding, Rows
from checker.witness import MOST_WITNESSED, of_chance, of_error, witnessed

SETUP = (
    "CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1, 'low'), ('c1', 2, {last})) AS t(conversation_id, n, risk)"
)


def judged(sql: str, last: str) -> tuple[Finding, ...]:
    """The findings of a statement, witnessed by DuckDB on two turns."""
    with duckdb.connect() as connection:
        connection.execute(SETUP.format(last=last))

        def run(query: str) -> Rows | None:
            try:
                found = connection.execute(query)
            except duckdb.Error:
                return None
            names = tuple(column[0] for column in found.description or ())
            cells = [tuple(None if cell is None else str(cell) for cell in row) for row in found.fetchall()]
            return Rows(names, ("VARCHAR",) * len(names), tuple(cells))

        return witnessed(lint(sql, PROFILE).findings, sql, run)


def test_a_row_that_changes_is_shown() -> None:
    (finding,) = judged("SELECT conversation_id, count(risk = 'high') AS n FROM turns GROUP BY 1; ", "'high'")
    assert finding.confirmed is Confirmation.WITNESSED
    assert finding.witness == "only as written: conversation_id c1, n 2"


def test_where_no_row_changes_the_finding_stays_what_it_was() -> None:
    (finding,) = judged("SELECT n FROM turns WHERE risk <> 'low'", "'high'")
    assert (finding.rule, finding.confirmed, finding.witness) == ("NUL003", Confirmation.STATIC, "")


@pytest.mark.parametrize("sql", ["SELECT nothing, risk = NULL FROM turns", "SELECT risk = NULL FROM turns -- end;"])
def test_a_query_that_does_not_run_proves_nothing_and_comments_do_no_harm(sql: str) -> None:
    (finding,) = judged(sql, "NULL")
    assert (finding.confirmed is Confirmation.WITNESSED) is ("end" in sql)


def test_only_the_first_findings_cost_a_run() -> None:
    many = ", ".join(["count(risk = 'high')"] * (MOST_WITNESSED + 1))
    confirmed = [finding.confirmed for finding in judged(f"SELECT {many} FROM turns", "'high'")]
    assert confirmed == [Confirmation.WITNESSED] * MOST_WITNESSED + [Confirmation.STATIC]


def test_an_answer_of_chance_proves_the_one_finding_that_says_so() -> None:
    tied = lint("SELECT lag(risk) OVER (PARTITION BY conversation_id) AS b, 1 = NULL FROM turns", PROFILE).findings
    assert {f.rule: f.confirmed for f in of_chance(tied)} == {
        "WIN003": Confirmation.WITNESSED,
        "NUL001": Confirmation.STATIC,
    }
    two = lint("SELECT lag(risk) OVER (PARTITION BY role), lead(risk) OVER (PARTITION BY role) FROM turns", PROFILE)
    assert {f.confirmed for f in of_chance(two.findings)} == {Confirmation.STATIC}


def test_an_error_proves_the_finding_on_its_own_line_alone() -> None:
    condition = "lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) = 'low'"
    sql = f"SELECT conversation_id FROM turns\nWHERE {condition}"
    findings = lint(sql, PROFILE).findings
    assert [f.confirmed for f in of_error(findings, 2)] == [Confirmation.WITNESSED]
    assert [f.confirmed for f in of_error(findings, 1)] == [Confirmation.STATIC]
