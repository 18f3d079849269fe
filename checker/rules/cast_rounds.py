"""A quotient cast to a whole number: it is rounded, halves to the even number.

**Why it bites.** `(5 / 2)::INT` is 2, `(7 / 2)::INT` is 4, and `2.5::INT`, a decimal, is 3. `//` or trunc cuts off,
round says how.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 7), (2, 5)) AS t(turn_index, output_tokens);

Fires:

    SELECT turn_index, CAST(output_tokens / 2 AS INTEGER) AS half FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, output_tokens // 2 AS half FROM turns

Effect: differs

Allow it when rounding is meant.

Source: DuckDB 2.0, cast of DOUBLE to INTEGER.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import Family, family, written
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "TYP005"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The casts of a division to a whole number."""
    for node in tree.nodes(exp.Cast):
        if isinstance(node.this.unnest(), exp.Div) and family(written(node.to)) is Family.INTEGER:
            yield Hit(tree.cast(node), "this rounds, it does not cut off: write // or round")
