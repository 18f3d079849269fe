"""LAG over a column with NULLs gives the row before, not the last known value.

**Why it bites.** Most assistant rows have no risk label. `lag(risk)` of the user's next row is then
NULL although the user's risk before was known. `IGNORE NULLS` looks back to the last known one. In
preview, because the row before is often what is wanted.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'low'), ('c1', 2, NULL), ('c1', 3, 'high')
    ) AS t(conversation_id, turn_index, risk);

Fires:

    SELECT turn_index, lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, lag(risk IGNORE NULLS) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    FROM turns

Effect: differs

Allow it when the value of the neighbouring row is wanted, known or not.

Source: DuckDB documentation, "Window Functions": IGNORE NULLS.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "WIN010"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PREVIEW = True
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The LAGs and LEADs of a column that the profile shows to hold NULLs."""
    for window in tree.windows:
        function = window.function
        if not isinstance(function, exp.Lag | exp.Lead) or window.ignores_nulls or not window.order:
            continue
        field = tree.field(function.this)
        if field is not None and field.column is not None and field.nullable is True:
            closing = tree.call(function).end - 1
            yield Hit(
                tree.call_over(window.node),
                f"{field.name} can be NULL on the neighbouring row: IGNORE NULLS gives the last known value",
                REPAIR(Edit(Span(closing, closing), " IGNORE NULLS")),
            )
