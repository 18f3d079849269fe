"""COUNT(column) counts the rows in which the column is known.

**Why it bites.** `count(risk)` of a conversation is its number of labelled turns, not of turns. In
preview: it is a good way to count what is known.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'low'), (2, NULL), (3, 'high')) AS t(turn_index, risk);

Fires:

    SELECT count(risk) AS turns FROM turns
    --     ^^^^^^^^^^^

Quiet:

    SELECT count(*) AS turns FROM turns

Effect: differs

Allow it when the known values are counted.

Source: SQL:2016, 10.9 aggregate function.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "NUL011"
SEVERITY = Severity.INFO
NEEDS = Needs.PROFILE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The counts of a column that the profile shows to hold NULLs."""
    for node in tree.nodes(exp.Count):
        field = tree.field(node.this) if isinstance(node.this, exp.Column) else None
        if field is not None and field.nullable is True:
            yield Hit(tree.call(node), f"rows whose {field.name} is NULL are not counted: count(*) counts all")
