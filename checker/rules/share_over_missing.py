"""A share whose denominator has the rows in it of which nothing is known.

**Why it bites.** Of four turns one is high, one is low and two have no label. High risk is a half of
the labelled turns and a quarter of all; the second says that the unlabelled are not high. In
preview: which one is asked for the query cannot tell.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'low'), (2, NULL), (3, 'high'), (4, NULL)) AS t(turn_index, risk);

Fires:

    SELECT count_if(risk = 'high') / count(*) AS high_risk FROM turns
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT count_if(risk = 'high') / count(risk) AS high_risk FROM turns

Effect: differs

Allow it when the rows without a value belong to the whole.

Source: the data profile; missing data in a rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity, Span

ID = "NUL012"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The counts of a condition on a nullable column over the count of all rows."""
    for node in tree.nodes(exp.Div):
        condition = _condition(node.this.unnest())
        whole = node.expression.unnest()
        counts_all = isinstance(whole, exp.Count) and (whole.this is None or isinstance(whole.this, exp.Star))
        if condition is None or not counts_all:
            continue
        fields = [tree.field(column) for column in condition.find_all(exp.Column)]
        missing = [field.name for field in fields if field is not None and field.nullable is True]
        if missing:
            span = Span(tree.call(_call(node.this.unnest())).start, tree.call(whole).end)
            yield Hit(
                span, f"rows whose {missing[0]} is NULL are in the denominator: is that the share that is asked for?"
            )


def _call(part: exp.Expr) -> exp.Expr:
    return part.this if isinstance(part, exp.Filter) else part


def _condition(part: exp.Expr) -> exp.Expr | None:
    if isinstance(part, exp.CountIf):
        return cast("exp.Expr", part.this)
    if isinstance(part, exp.Filter) and isinstance(part.this, exp.Count):
        return cast("exp.Expr", part.expression)
    return None
