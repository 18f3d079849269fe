"""What a SELECT gives to the statement around it: its columns and what makes its rows unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from sqlglot import exp

from checker.grouping import group_expressions
from checker.predicates import conjuncts
from checker.relation import Field, Relation
from checker.scope import Place, Scope
from checker.window import resolve

_CANDIDATES = 256


@dataclass(frozen=True, slots=True)
class _Projected:
    fields: dict[str, Field]
    places: dict[Place, str]
    complete: bool
    base: str | None


def output(scope: Scope) -> Relation:
    """The relation that the scope's SELECT gives."""
    projected = _project(scope)
    group = scope.select.args.get("group")
    if group is not None:
        keys = list(_group_keys(scope, projected))
        keys_known = False
    elif not scope.sources or _is_one_row(scope.select):
        keys, keys_known = [frozenset[str]()], True
    else:
        keys = list(_source_keys(scope, projected))
        keys_known = bool(scope.sources) and all(source.keys_known for source in scope.sources.values())
    if _multiplies(scope.select):
        keys, keys_known = [], False
    else:
        keys += _numbered_keys(scope, projected)
    if scope.select.args.get("limit") is not None or scope.select.args.get("sample") is not None:
        keys_known = False  # what is left may well be unique
    distinct = scope.select.args.get("distinct")
    if distinct is not None:
        keys_known = False
        on = distinct.args.get("on")
        keys += _named(scope, projected, on.expressions if on is not None else None)
    return Relation(
        projected.fields, tuple(keys), keys_known and projected.complete, projected.complete, projected.base
    )


def _project(scope: Scope) -> _Projected:
    fields: dict[str, Field] = {}
    places: dict[Place, str] = {}
    complete, base = True, None
    for position, projection in enumerate(scope.select.expressions):
        inner = projection.unalias()
        if _is_star(inner):
            complete = complete and _expand(scope, inner, fields, places)
            sources = list(scope.sources.values())
            base = sources[0].base if len(sources) == 1 and len(scope.select.expressions) == 1 else None
            continue
        name = projection.alias_or_name.lower() or f"#{position}"
        fields[name] = scope.describe(inner, name)
        place = scope.place(inner) if isinstance(inner, exp.Column) else None
        if place is not None:
            places.setdefault(place, name)
    return _Projected(fields, places, complete, None if complete else base)


def _is_star(node: exp.Expr) -> bool:
    return isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star))


def _expand(scope: Scope, star: exp.Expr, fields: dict[str, Field], places: dict[Place, str]) -> bool:
    """Add the columns of a star; whether all of them are known."""
    only = star.table.lower() if isinstance(star, exp.Column) else ""
    inner = star.this if isinstance(star, exp.Column) else star
    dropped = {column.name.lower() for column in inner.args.get("except_") or ()}
    replaced = {alias.alias.lower() for alias in inner.args.get("replace") or ()}
    for place, found in scope.columns():
        if (only and place[0] != only) or place[1] in dropped or place[1] in fields:
            continue
        fields[place[1]] = Field(place[1]) if place[1] in replaced else found
        if place[1] not in replaced:
            places.setdefault(place, place[1])
    simple = not inner.args.get("rename")
    return simple and all(source.complete for alias, source in scope.sources.items() if not only or alias == only)


def _is_one_row(select: exp.Select) -> bool:
    return any(_aggregates(projection) for projection in select.expressions)


def _aggregates(projection: exp.Expr) -> bool:
    for node in projection.find_all(exp.AggFunc):
        window = node.find_ancestor(exp.Window, exp.Select)
        if not isinstance(window, exp.Window) and node.find_ancestor(exp.Select) is projection.find_ancestor(
            exp.Select
        ):
            return True
    return False


def _multiplies(select: exp.Select) -> bool:
    return any(projection.find(exp.Explode) is not None for projection in select.expressions)


def _source_keys(scope: Scope, projected: _Projected) -> Iterator[frozenset[str]]:
    """The keys of the sources, joined and renamed, that still tell the rows apart."""
    choices = [[*source.keys, None] for source in scope.sources.values()]
    for choice in islice(product(*choices), _CANDIDATES):
        places = {
            (alias, name) for alias, key in zip(scope.sources, choice, strict=True) if key is not None for name in key
        }
        if scope.sources and scope.closure(places) == set(scope.sources):
            free = places - scope.pinned
            names = [_projected_name(scope, projected, place) for place in free]
            known = [name for name in names if name is not None]
            if len(known) == len(names):
                yield frozenset(known)


def _projected_name(scope: Scope, projected: _Projected, place: Place) -> str | None:
    if place in projected.places:
        return projected.places[place]
    equal = (b for a, b in scope.implied if a == place and (b, a) in scope.implied)
    return next((projected.places[other] for other in equal if other in projected.places), None)


def _group_keys(scope: Scope, projected: _Projected) -> Iterator[frozenset[str]]:
    expressions = group_expressions(scope.select)
    if expressions is not None:
        yield from _named(scope, projected, expressions)


def _named(scope: Scope, projected: _Projected, expressions: Iterable[exp.Expr] | None) -> Iterator[frozenset[str]]:
    """The key these expressions make under their names in the output; all columns when None is given."""
    if expressions is None:
        if projected.complete:
            yield frozenset(projected.fields)
        return
    computed = _computed_names(scope.select)
    names = []
    for expression in expressions:
        name = computed.get(expression)
        if name is None and isinstance(expression, exp.Column):
            place = scope.place(expression)
            if place in scope.pinned:
                continue
            name = _projected_name(scope, projected, place) if place is not None else None
            if name is None and expression.name.lower() in projected.fields and not expression.table:
                name = expression.name.lower()
        if name is None:
            return
        names.append(name)
    yield frozenset(names)


def _computed_names(select: exp.Select) -> dict[exp.Expr, str]:
    """The projections by what they compute; equal expressions have equal hashes."""
    names: dict[exp.Expr, str] = {}
    for position, projection in enumerate(select.expressions):
        if not _is_star(projection.unalias()):
            names.setdefault(projection.unalias(), projection.alias_or_name.lower() or f"#{position}")
    return names


def _numbered_keys(scope: Scope, projected: _Projected) -> Iterator[frozenset[str]]:
    """A row number is unique in its partition; QUALIFY row_number() = 1 leaves one row of each."""
    for projection in scope.select.expressions:
        inner = projection.unalias()
        if isinstance(inner, exp.Cast):
            inner = inner.this
        if isinstance(inner, exp.Window) and isinstance(inner.this, exp.RowNumber):
            for key in _named(scope, projected, resolve(inner).partition):
                yield key | {projection.alias_or_name.lower()}
    qualify = scope.select.args.get("qualify")
    for part in conjuncts(qualify.this) if qualify is not None else ():
        if isinstance(part, exp.EQ) and isinstance(part.expression, exp.Literal):
            window = scope.definition(part.this)
            if isinstance(window, exp.Window) and isinstance(window.this, exp.RowNumber):
                yield from _named(scope, projected, resolve(window).partition)
