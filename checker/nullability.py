"""Whether an expression can be NULL, where columns, literals and functions tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from checker.scope import Scope


def nullable(scope: Scope, expression: exp.Expr) -> bool | None:
    """Whether an expression can be NULL; None when it cannot be told."""
    inner = expression.unnest()
    match inner:
        case exp.Column():
            found = scope.resolve(inner)
            known = found.nullable if found is not None else None
        case exp.Null():
            known = True
        case exp.Literal() | exp.Boolean() | exp.Count() | exp.RowNumber():
            known = False
        case exp.Coalesce():
            known = _all([nullable(scope, part) for part in (inner.this, *inner.expressions)])
        case exp.TryCast():
            known = None
        case exp.Cast() | exp.Lower() | exp.Upper() | exp.Trim() | exp.Window() | exp.Neg() | exp.Abs():
            known = nullable(scope, inner.this)
        case exp.Add() | exp.Sub() | exp.Mul() | exp.DPipe():
            known = _any([nullable(scope, inner.this), nullable(scope, inner.expression)])
        case exp.Lag() | exp.Lead():
            known = None if inner.args.get("default") is not None else True
        case _:
            known = None
    return known


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _any(parts: list[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False
