"""What a literal says, through brackets, signs and casts."""

from __future__ import annotations

from datetime import date

from sqlglot import exp


def literal_text(expression: exp.Expr | None) -> str | None:
    """The text of a string literal, typed (`DATE '2026-01-05'`) or bare; None for anything else."""
    inner = _bare(expression)
    return inner.name if isinstance(inner, exp.Literal) and inner.is_string else None


def literal_number(expression: exp.Expr | None) -> float | None:
    """The value of a numeric literal; None for anything else."""
    inner = _bare(expression)
    if isinstance(inner, exp.Neg):
        value = literal_number(inner.this)
        return -value if value is not None else None
    if not isinstance(inner, exp.Literal) or inner.is_string:
        return None
    try:
        return float(inner.this)
    except ValueError:
        return None


def _bare(expression: exp.Expr | None) -> exp.Expr | None:
    inner = expression.unnest() if expression is not None else None
    while isinstance(inner, exp.Cast):
        inner = inner.this.unnest()
    return inner


def day_of(expression: exp.Expr | None) -> date | None:
    """The day that a literal names, if it names a day and no hour."""
    text = literal_text(expression)
    try:
        return date.fromisoformat(text) if text is not None and len(text) == len("2026-01-05") else None
    except ValueError:
        return None
