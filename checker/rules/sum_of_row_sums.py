"""SUM(a + b) leaves out every row in which one of the two is missing.

**Why it bites.** A turn whose `output_tokens` are unknown has known `input_tokens`; added up within
the row both are lost. `sum(a) + sum(b)` keeps what is known.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 10, 20), (2, 30, NULL))
    AS t(turn_index, input_tokens, output_tokens);

Fires:

    SELECT sum(input_tokens + output_tokens) AS tokens FROM turns
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT sum(input_tokens) + sum(output_tokens) AS tokens FROM turns

Effect: differs

Allow it when a row with one value missing shall not count at all.

Source: SQL:2016, 6.29 numeric value expression: a sum with NULL is NULL.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Edit, Fix, Proof, Severity

ID = "NUL016"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PROOF = Proof.REPAIR


def check(tree: Tree) -> Iterator[Hit]:
    """The sums of additions with a column that the profile shows to hold NULLs."""
    for node in tree.nodes(exp.Sum):
        value = node.this.unnest() if isinstance(node.this, exp.Expr) else None
        if not isinstance(value, exp.Add | exp.Sub):
            continue
        fields = [tree.field(side) for side in (value.this, value.expression)]
        missing = [field.name for field in fields if field is not None and field.nullable is True]
        if None not in fields and missing:
            message = f"a row whose {missing[0]} is NULL is lost whole: add up the columns, then add the sums"
            left, right = tree.text(value.this), tree.text(value.expression)
            sign = "+" if isinstance(value, exp.Add) else "-"
            apart = Edit(tree.call(node), f"(sum({left}) {sign} sum({right}))")
            yield Hit(tree.call(node), message, probe=Fix((apart,), safe=False))
