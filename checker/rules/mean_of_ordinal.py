"""The mean of an ordinal scale: its levels have an order, but no distances.

**Why it bites.** Half ones and half fives, or all threes: both average 3.0, and the first is a
product that people love or hate. From low to medium need not be as far as from medium to high.
Show the distribution, or the lower median with `quantile_disc(x, 0.5)`.

Setup:

    CREATE TABLE safety_labels AS SELECT * FROM (VALUES
        (1, 0), (2, 0), (3, 0), (4, 3), (5, 3)
    ) AS t(label_id, risk);

Fires:

    SELECT avg(risk) AS typical FROM safety_labels
    --     ^^^^^^^^^

Quiet:

    SELECT quantile_disc(risk, 0.5) AS typical FROM safety_labels

Effect: differs

Allow it when the scale was built so that its steps are equal.

Source: S. S. Stevens, "On the Theory of Scales of Measurement", Science 103 (1946).
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Severity

ID = "AGG001"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE


def check(tree: Tree) -> Iterator[Hit]:
    """The means of a column that the profile calls ordinal, cast or scored level by level."""
    for node, value in _means(tree):
        name = _ordinal(tree, value)
        if name is not None:
            yield Hit(
                tree.call(node), f"{name} is ordinal: its mean has no meaning; use quantile_disc or counts by level"
            )


def _means(tree: Tree) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    for node in tree.nodes(exp.Avg):
        yield node, node.this
    for call in tree.nodes(exp.Anonymous):
        if call.name.lower() == "mean" and len(call.expressions) == 1:
            yield call, call.expressions[0]


def _ordinal(tree: Tree, value: exp.Expr) -> str | None:
    """The name of the ordinal column that is averaged, None when it is something else."""
    inner = value.expressions[0] if isinstance(value, exp.Distinct) else value
    inner = tree.lineage.origin(inner, (exp.Cast, exp.Coalesce, exp.Nullif))
    scope = tree.lineage.scope(inner)
    if scope is None:
        return None
    if isinstance(inner, exp.Column):
        field = scope.resolve(inner)
        return field.column if field is not None and field.ordinal else None
    return _scored(scope, inner) if isinstance(inner, exp.Case) else None


def _scored(scope: Scope, case: exp.Case) -> str | None:
    """A CASE that gives three or more numbers to an ordinal column's levels; two are a share."""
    results = [branch.args.get("true") for branch in case.args.get("ifs") or ()]
    numbers = {result.name for result in results if isinstance(result, exp.Literal) and not result.is_string}
    if len(numbers) != len(results) or len(numbers | _default(case)) < 3:
        return None
    fields = [scope.resolve(column) for column in case.find_all(exp.Column)]
    names = {field.column for field in fields if field is not None and field.ordinal}
    return next(iter(names)) if len(names) == 1 and None not in fields else None


def _default(case: exp.Case) -> set[str]:
    default = case.args.get("default")
    return {default.name} if isinstance(default, exp.Literal) else set()
