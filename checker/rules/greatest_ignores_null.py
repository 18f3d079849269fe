"""GREATEST and LEAST leave NULLs out in DuckDB; elsewhere they give NULL.

**Why it bites.** `greatest(created_at, completed_at)` gives `created_at` where the other is missing.
The same query in another warehouse gives NULL there, so a ported report changes.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 1, 2), ('m2', 3, NULL))
    AS t(message_id, input_tokens, output_tokens);

Fires:

    SELECT message_id, greatest(input_tokens, output_tokens) AS larger FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, CASE WHEN input_tokens > output_tokens THEN input_tokens ELSE output_tokens END AS larger
    FROM turns

Effect: differs

Allow it when the other value shall stand in.

Source: DuckDB documentation, "Numeric Functions"; PostgreSQL agrees, Snowflake and BigQuery do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "NUL009"
SEVERITY = Severity.INFO
NEEDS = Needs.PROFILE


def check(tree: Tree) -> Iterator[Hit]:
    """The calls with an argument that the profile shows to hold NULLs."""
    for node in tree.nodes(exp.Greatest, exp.Least):
        fields = [tree.field(part) for part in (node.this, *node.expressions)]
        missing = [field.name for field in fields if field is not None and field.nullable is True]
        if missing:
            message = f"where {missing[0]} is NULL the others decide; other warehouses give NULL"
            yield Hit(tree.call(node), message)
