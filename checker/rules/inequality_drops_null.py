"""`<>`, NOT (x = ...) or NOT IN (list) as a filter on a column with NULLs: the NULL rows go too.

**Why it bites.** "All turns whose risk is not low" by `risk <> 'low'` has no unlabelled turns: whether
they are low is not known, and WHERE keeps only what is known to be true. `IS DISTINCT FROM` compares
with NULL as with a value.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'low'), (2, NULL), (3, 'high')) AS t(turn_index, risk);

Fires:

    SELECT turn_index FROM turns WHERE risk <> 'low'
    --                                 ^^^^^^^^^^^^^

Quiet:

    SELECT turn_index FROM turns WHERE risk IS DISTINCT FROM 'low'

Effect: differs

Allow it when the rows without a value shall go; better, say so with IS NOT NULL.

Source: SQL:2016, 7.12 where clause: only rows for which the condition is true are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.predicates import conjuncts
from checker.rule import Hit, Needs, Repair
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "NUL003"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The negative filters on a column that the profile shows to hold NULLs."""
    for where in tree.nodes(exp.Where):
        scope = tree.scope(where)
        if scope is None or where.parent is not scope.select:
            continue
        for part in conjuncts(where.this):
            column = _compared(part)
            if column is not None and scope.nullable_without(column, part) is True and not _said(scope, column, part):
                fix = REPAIR(Edit(tree.operator(part), "IS DISTINCT FROM")) if isinstance(part, exp.NEQ) else None
                span = tree.comparison(part) if isinstance(part, exp.NEQ) else tree.negation(part)
                yield Hit(span, f"rows whose {column.name} is NULL are dropped too: write IS DISTINCT FROM", fix)


def _compared(part: exp.Expr) -> exp.Column | None:
    """The column of `x <> literal`, `NOT x = literal` or `x NOT IN (literals)`."""
    inner = part.this.unnest() if isinstance(part, exp.Not) else part
    if isinstance(part, exp.NEQ) or (isinstance(part, exp.Not) and isinstance(inner, exp.EQ)):
        found = inner.this if isinstance(inner.expression, exp.Literal | exp.Boolean) else None
    elif isinstance(part, exp.Not) and isinstance(inner, exp.In):
        found = inner.this if inner.expressions else None
    else:
        found = None
    return found if isinstance(found, exp.Column) else None


def _said(scope: Scope, column: exp.Column, part: exp.Expr) -> bool:
    """Whether another condition drops the NULLs anyhow, so that this one need not keep them."""
    place = scope.place(column)
    return place is not None and any(other is not part for other in scope.not_null.get(place, ()))
