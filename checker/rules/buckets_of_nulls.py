"""NTILE, PERCENT_RANK and CUME_DIST count the rows without a value too.

**Why it bites.** NULLs come last, so unlabelled turns fill the top quartile of latency and push the
others' percentages down.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 10), ('m2', 20), ('m3', NULL), ('m4', NULL))
    AS t(message_id, latency_ms);

Fires:

    SELECT message_id, percent_rank() OVER (ORDER BY latency_ms) AS place FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, percent_rank() OVER (ORDER BY latency_ms) AS place FROM turns WHERE latency_ms IS NOT NULL

Effect: differs

Allow it when the rows without a value shall be counted, at the end.

Source: DuckDB documentation, "ORDER BY Clause": NULLS LAST is the default.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "WIN019"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE


def check(tree: Tree) -> Iterator[Hit]:
    """The buckets and percentages in the order of a column that the profile shows to hold NULLs."""
    for window in tree.windows:
        if not isinstance(window.function, exp.Ntile | exp.PercentRank | exp.CumeDist) or not window.order:
            continue
        key = window.order[0]
        field = tree.field(key)
        if (
            field is not None
            and field.nullable is True
            and field.name not in {p.name.lower() for p in window.partition}
        ):
            message = f"{window.name} counts the rows whose {field.name} is NULL too: filter them out first"
            yield Hit(tree.call_over(window.node), message)
