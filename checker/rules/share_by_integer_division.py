"""A share of two counts by `//`: whole numbers only, so it is 0 or 1.

**Why it bites.** `//` cuts off what is behind the point: 2 // 3 is 0. All rates of the report are 0.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'low'), (2, 'high'), (3, 'high')) AS t(turn_index, risk);

Fires:

    SELECT count_if(risk = 'high') // count(*) AS high_risk FROM turns
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT count_if(risk = 'high') / count(*) AS high_risk FROM turns

Effect: differs

Allow it when whole multiples are counted.

Source: DuckDB documentation, "Numeric Operators": `//` is integer division.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "AGG005"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The integer divisions of the count of a part by the count of the whole."""
    for node in tree.nodes(exp.IntDiv):
        part, whole = node.this.unnest(), node.expression.unnest()
        is_part = isinstance(part, exp.CountIf) or (isinstance(part, exp.Filter) and isinstance(part.this, exp.Count))
        if is_part and isinstance(whole, exp.Count) and not isinstance(whole.this, exp.Distinct):
            start = tree.call(part).start if isinstance(part, exp.CountIf) else tree.filtered(part).start
            fix = REPAIR(Edit(tree.tokens.before(tree.call(whole)), "/"))
            yield Hit(Span(start, tree.call(whole).end), "// gives whole numbers: this share is 0 or 1", fix)
