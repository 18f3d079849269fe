"""A whole number stays the same number in another type of whole numbers.

Proof: both sides of the dropped cast are whole numbers, and the type that is left is the wider one.
Results are compared by value, not by type, so the result is the same unless the cast would have
failed; where it fails the reference has no answer.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES (1, '10'), (2, '9')) AS t(turn_index, tokens);

Proves C03:
    SELECT CAST(count(*) AS INT) AS n FROM turns
    SELECT count(*) AS n FROM turns

Leaves C03:
    SELECT max(CAST(tokens AS INT)) AS most FROM turns
    SELECT max(tokens) AS most FROM turns
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.tree import Tree

_WHOLE = ("INT", "BIGINT", "SMALLINT", "TINYINT", "UBIGINT", "UINT", "INT128")
_NAMES = ("INTEGER", "BIGINT", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER", "HUGEINT", "INT")
_COUNTS = (exp.Count, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Length, exp.ArraySize, exp.DateDiff, exp.CountIf)


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether a whole number was cast to a whole number."""
    cast = mutant.edit.node
    if mutant.operator.id != "C03" or not isinstance(cast, exp.Cast) or not cast.to.is_type(*_WHOLE):
        return False
    return _is_whole(tree, cast.this)


def _is_whole(tree: Tree, expression: exp.Expr) -> bool:
    inner = expression.unnest()
    while isinstance(inner, exp.Window | exp.Filter | exp.IgnoreNulls):
        inner = inner.this.unnest()
    if isinstance(inner, _COUNTS):
        return True
    if isinstance(inner, exp.Select):
        return len(inner.expressions) == 1 and _is_whole(tree, inner.expressions[0].unalias())
    if isinstance(inner, exp.Column):
        meant = tree.lineage.origin(inner)
        of_type = tree.scope(inner)
        kind = of_type.type_of(inner) if of_type is not None else None
        return kind in _NAMES or (not isinstance(meant, exp.Column) and _is_whole(tree, meant))
    made_of = _parts(inner)
    return (isinstance(inner, exp.Literal) and inner.is_int) or (
        bool(made_of) and all(_is_whole(tree, part) for part in made_of)
    )


def _parts(inner: exp.Expr) -> list[exp.Expr]:
    """The values that a whole number is made of; none where the result need not be one."""
    match inner:
        case exp.Coalesce():
            return [inner.this, *inner.expressions]
        case exp.Case():
            rest = inner.args.get("default")
            return [*(branch.args["true"] for branch in inner.args["ifs"]), *([rest] if rest is not None else [])]
        case exp.Add() | exp.Sub() | exp.Mul():
            return [inner.this, inner.expression]
        case exp.Sum() | exp.Min() | exp.Max() | exp.Lag() | exp.Lead():
            return [inner.this]
        case exp.Cast():
            return [exp.Literal.number(1)] if inner.to.is_type(*_WHOLE) else []
    return []
