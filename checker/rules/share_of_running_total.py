"""A share whose total is a running one: the first row is always 100 %.

**Why it bites.** With ORDER BY in its window SUM runs: each row is divided by the total so far. Of
10, 20 and 30 the shares become 1.0, 0.67 and 0.5 instead of 0.17, 0.33 and 0.5.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('m1', 'c1', 1, 10), ('m2', 'c1', 2, 20), ('m3', 'c1', 3, 30)
    ) AS t(message_id, conversation_id, turn_index, output_tokens);

Fires:

    SELECT output_tokens / sum(output_tokens) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS share
    --                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    FROM turns

Quiet:

    SELECT output_tokens / sum(output_tokens) OVER (PARTITION BY conversation_id) AS share
    FROM turns

Effect: differs

Allow it when the share of the total so far is wanted; better, write the frame.

Source: SQL:2016, 7.15 window clause: with an order the default frame ends at the current row.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.literals import literal_number
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity
from checker.window import resolve

ID = "WIN015"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The divisions of a value by the ordered, unframed sum of the same value."""
    for division in tree.nodes(exp.Div):
        node = _bare(division.expression)
        if not isinstance(node, exp.Window):
            continue
        window = resolve(node)
        if not isinstance(window.function, exp.Sum) or not window.order or window.frame is not None:
            continue
        if _bare(division.this).sql() == _bare(window.function.this).sql():
            order = tree.window_clause(node, "ORDER")
            fix = REPAIR(Edit(order, "")) if order is not None else None
            yield Hit(tree.call_over(node), "with ORDER BY this is the total so far, not the whole: leave it out", fix)


def _bare(expression: exp.Expr) -> exp.Expr:
    """Without brackets, casts, NULLIF and constant factors."""
    inner = expression.unnest()
    while True:
        if isinstance(inner, exp.Cast | exp.Nullif):
            inner = inner.this.unnest()
        elif isinstance(inner, exp.Mul) and literal_number(inner.this) is not None:
            inner = inner.expression.unnest()
        elif isinstance(inner, exp.Mul) and literal_number(inner.expression) is not None:
            inner = inner.this.unnest()
        else:
            return inner
