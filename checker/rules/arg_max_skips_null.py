"""ARG_MAX passes over rows whose first argument is NULL: it gives the last known value, not the last.

**Why it bites.** `arg_max(risk, turn_index)` of a conversation whose last turn has no label gives an
earlier turn's label as if it were the last. `arg_max_null` gives the row's own value, NULL.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1, 'high'), ('c1', 2, NULL))
    AS t(conversation_id, turn_index, risk);

Fires:

    SELECT conversation_id, arg_max(risk, turn_index) AS last_risk FROM turns GROUP BY conversation_id
    --                      ^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT conversation_id, arg_max_null(risk, turn_index) AS last_risk FROM turns GROUP BY conversation_id

Effect: differs

Allow it when the last known value is wanted; FILTER (WHERE ... IS NOT NULL) says so.

Source: DuckDB documentation, "Aggregate Functions": arg_max, arg_max_null.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "NUL014"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The calls whose value is a column that the profile shows to hold NULLs."""
    for node in tree.nodes(exp.ArgMax, exp.ArgMin):
        field = tree.field(node.this)
        if (
            field is None
            or field.nullable is not True
            or field.outer
            or isinstance(node.parent, exp.Filter | exp.Window)
        ):
            continue
        name = f"{'arg_max' if isinstance(node, exp.ArgMax) else 'arg_min'}_null"
        message = f"rows whose {field.name} is NULL are passed over: {name} gives the row's own value"
        yield Hit(tree.call(node), message, REPAIR(Edit(tree.word(node), name)))
