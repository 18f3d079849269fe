"""What a WHERE or an ON makes true: equal columns, columns with one value, columns without NULL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.scope import Place, Scope

_STRICT = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.ILike, exp.Between)


def conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    """The parts of a condition that must all be true."""
    stack = [condition]
    while stack:
        part = stack.pop().unnest()
        if isinstance(part, exp.And):
            stack += [part.expression, part.this]
        else:
            yield part


def learn(scope: Scope, condition: exp.Expr) -> None:
    """Note what is true of every row that passes the condition."""
    equalities(scope, condition, towards=None)
    for part in conjuncts(condition):
        if isinstance(part, exp.EQ):
            _pin(scope, part)
    learn_no_nulls(scope, condition)


def learn_no_nulls(scope: Scope, condition: exp.Expr) -> None:
    """Note which columns have no NULL in the result; all that may be learnt from HAVING and QUALIFY."""
    for part in conjuncts(condition):
        for place in _without_null(scope, part):
            scope.not_null.setdefault(place, []).append(part)


def equalities(scope: Scope, condition: exp.Expr, *, towards: str | None) -> None:
    """Note which columns tell each other; `towards` is the side of a LEFT JOIN that may be missing."""
    for part in conjuncts(condition):
        if not isinstance(part, exp.EQ):
            continue
        left, right = _place(scope, part.this), _place(scope, part.expression)
        if left is None or right is None:
            continue
        for a, b in ((left, right), (right, left)):
            if towards is None or b[0] == towards:
                scope.implied.add((a, b))


def _pin(scope: Scope, part: exp.EQ) -> None:
    for one, other in ((part.this, part.expression), (part.expression, part.this)):
        place = _place(scope, one)
        if place is not None and _is_constant(scope, other.unnest()):
            scope.pinned.add(place)


def _is_constant(scope: Scope, value: exp.Expr) -> bool:
    """Whether a value is one for all rows: a literal, or a column of the query around this one."""
    if isinstance(value, exp.Column):
        outside = scope.parent is not None and scope.parent.place(value) is not None
        return outside and scope.place(value) is None and all(source.complete for source in scope.sources.values())
    return isinstance(value, exp.Literal | exp.Boolean | exp.Cast) and value.find(exp.Column) is None


def _without_null(scope: Scope, part: exp.Expr) -> Iterator[Place]:
    if isinstance(part, exp.Not):
        inner = part.this.unnest()
        if (isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)) or isinstance(
            inner, exp.In | exp.Like | exp.ILike | exp.Between
        ):
            yield from _places(scope, inner.this)
    elif isinstance(part, _STRICT):
        yield from _places(scope, part.this)
        if isinstance(part.expression, exp.Expr):
            yield from _places(scope, part.expression)
    elif isinstance(part, exp.In) or (isinstance(part, exp.Is) and isinstance(part.expression, exp.Boolean)):
        yield from _places(scope, part.this)
    elif isinstance(part, exp.Column):
        yield from _places(scope, part)


def _places(scope: Scope, expression: exp.Expr) -> Iterator[Place]:
    place = _place(scope, expression)
    if place is not None:
        yield place


def _place(scope: Scope, expression: exp.Expr) -> Place | None:
    inner = expression.unnest()
    return scope.place(inner) if isinstance(inner, exp.Column) else None
