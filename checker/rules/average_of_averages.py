"""A mean of means or of ratios: small groups weigh as much as large ones.

**Why it bites.** A user with two turns and one with two hundred count the same. The mean over all
turns is another number. In preview: where users are the unit, a mean of users' means is right.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('u1', 1), ('u1', 1), ('u1', 1), ('u2', 5))
    AS t(user_id, output_tokens);

Fires:

    WITH of_user AS (SELECT user_id, avg(output_tokens) AS mean_tokens FROM turns GROUP BY user_id)
    SELECT avg(mean_tokens) AS mean_tokens FROM of_user
    --     ^^^^^^^^^^^^^^^^

Quiet:

    SELECT avg(output_tokens) AS mean_tokens FROM turns

Effect: differs

Allow it when each group is meant to weigh the same.

Source: Simpson's paradox; weighted means.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "AGG002"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
PREVIEW = True

_TOTALS = (exp.Sum, exp.Count, exp.CountIf)


def check(tree: Tree) -> Iterator[Hit]:
    """The means whose argument is a mean, or a ratio of totals, of an earlier group."""
    for node in tree.nodes(exp.Avg):
        if not isinstance(node.this, exp.Column):
            continue
        inner = tree.lineage.origin(node.this, (exp.Cast, exp.Coalesce, exp.Round))
        if isinstance(inner, exp.Avg) or _is_ratio(inner):
            yield Hit(tree.call(node), "every group weighs the same here, small or large: divide total by total")


def _is_ratio(inner: exp.Expr) -> bool:
    sides = (inner.this.find(*_TOTALS), inner.expression.find(*_TOTALS)) if isinstance(inner, exp.Div) else (None,)
    return all(side is not None for side in sides)
