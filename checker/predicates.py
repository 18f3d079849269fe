"""What a WHERE or an ON makes true: equal columns, columns with one value, columns without NULL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.scope import Place, Scope

_NULL_FOR_NULL = (exp.Cast, exp.Lower, exp.Upper, exp.Trim, exp.Neg, exp.Abs)
_STRICT = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.ILike, exp.Between)
# What a value may be made of so that one column tells it.
_PLAIN = (exp.Column, exp.Identifier, exp.Literal, exp.Paren, exp.Add, exp.Sub, exp.Interval, exp.Var)


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
        for known, told in ((part.this, part.expression), (part.expression, part.this)):
            a, b = _only_place(scope, known), _place(scope, told)
            if a is not None and b is not None and (towards is None or b[0] == towards):
                scope.implied.add((a, b))


def _only_place(scope: Scope, expression: exp.Expr) -> Place | None:
    """The one column that a value is computed from by adding and subtracting constants."""
    nodes = list(expression.walk())
    columns = [node for node in nodes if isinstance(node, exp.Column)]
    plain = all(isinstance(node, _PLAIN) for node in nodes)
    return _place(scope, columns[0]) if plain and len(columns) == 1 else None


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
    inner = expression.unnest()
    while isinstance(inner, _NULL_FOR_NULL):
        inner = inner.this.unnest()
    place = _place(scope, inner)
    if place is None and isinstance(inner, exp.Column) and inner.table:
        place = scope.place(exp.column(inner.table))  # a field that is there is in a struct that is there
    if place is not None:
        yield place


def _place(scope: Scope, expression: exp.Expr) -> Place | None:
    inner = expression.unnest()
    return scope.place(inner) if isinstance(inner, exp.Column) else None
