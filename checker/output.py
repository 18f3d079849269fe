"""What a SELECT gives to the statement around it: its columns and what makes its rows unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    select, projected = scope.select, _project(scope)
    keys, keys_known = _plain_keys(scope, projected)
    grouped = [] if _multiplies(select) else [*_kept_groups(scope, projected), *_numbered_keys(scope, projected)]
    distinct = select.args.get("distinct")
    if distinct is not None:
        on = distinct.args.get("on")
        grouped += _named(scope, projected, on.expressions if on is not None else None)
    if distinct is not None or select.args.get("limit") is not None or select.args.get("sample") is not None:
        keys_known = False  # what is left may well be unique
    return Relation(
        projected.fields,
        (*keys, *grouped),
        keys_known and projected.complete,
        projected.complete,
        projected.base,
        grouped=tuple(grouped),
        rows=tuple(_kept_rows(scope, projected)),
    )


def _plain_keys(scope: Scope, projected: _Projected) -> tuple[list[frozenset[str]], bool]:
    """What is unique because it was so in the sources, and whether that is all there is."""
    if _multiplies(scope.select) or scope.select.args.get("group") is not None:
        return [], False
    if not scope.sources or _is_one_row(scope.select):
        return [frozenset()], True
    known = all(source.keys_known for source in scope.sources.values())
    return list(_source_keys(scope, projected)), known


def _kept_groups(scope: Scope, projected: _Projected) -> Iterator[frozenset[str]]:
    """What this SELECT groups by, or what its only source was grouped by, under the names in the output."""
    if scope.select.args.get("group") is not None:
        yield from _group_keys(scope, projected)
    elif len(scope.sources) == 1 and not _is_one_row(scope.select):
        alias, source = next(iter(scope.sources.items()))
        for key in source.grouped:
            names = [projected.places.get((alias, name)) for name in key]
            known = [name for name in names if name is not None]
            if len(known) == len(names):
                yield frozenset(known)


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
    choices = [[*_own_keys(scope, alias), None] for alias in scope.sources]
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


def _kept_rows(scope: Scope, projected: _Projected) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Which columns of the output tell which others, because they are of one stored row."""
    if scope.select.args.get("group") is not None or _is_one_row(scope.select):
        return
    for alias, source in scope.sources.items():
        for key, known in source.rows:
            names = {name: projected.places[alias, name] for name in known if (alias, name) in projected.places}
            if key <= set(names) and not source.outer:
                yield frozenset(names[name] for name in key), frozenset(names.values())


def _told_otherwise(scope: Scope, expressions: Sequence[exp.Expr]) -> Iterator[list[exp.Expr]]:
    """The same groups by other columns: what a key of its stored row tells, the key tells too."""
    for alias, source in scope.sources.items():
        for key, known in source.rows:
            columns = [exp.column(name, table=alias) for name in sorted(key)]
            found = [scope.resolve(column) for column in columns]
            kept = [e for e in expressions if not _is_of(scope, e, alias, known)]
            if len(kept) < len(expressions) and all(f is not None and f.nullable is False for f in found):
                yield [*kept, *columns]


def _is_of(scope: Scope, expression: exp.Expr, alias: str, known: frozenset[str]) -> bool:
    place = scope.place(expression) if isinstance(expression, exp.Column) else None
    return place is not None and place[0] == alias and place[1] in known


def _own_keys(scope: Scope, alias: str) -> tuple[frozenset[str], ...]:
    """What tells the rows of a source apart; the elements of a list, by their place in it."""
    return (frozenset({scope.unfolded[alias][1]}),) if alias in scope.unfolded else scope.sources[alias].keys


def _projected_name(scope: Scope, projected: _Projected, place: Place) -> str | None:
    if place in projected.places:
        return projected.places[place]
    equal = (b for a, b in scope.implied if a == place and (b, a) in scope.implied)
    return next((projected.places[other] for other in equal if other in projected.places), None)


def _group_keys(scope: Scope, projected: _Projected) -> Iterator[frozenset[str]]:
    expressions = group_expressions(scope.select)
    if expressions is not None:
        yield from _named_somehow(scope, projected, expressions)


def _named_somehow(scope: Scope, projected: _Projected, expressions: Sequence[exp.Expr]) -> Iterator[frozenset[str]]:
    """The keys that a partition or group makes in the output, by its own columns or by what tells them."""
    for told in (expressions, *_told_otherwise(scope, expressions)):
        yield from _named(scope, projected, told)


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
    """A row number is unique in its partition; QUALIFY row_number() = 1 leaves one row of each; so does a rank."""
    for projection in scope.select.expressions:
        inner = projection.unalias()
        if isinstance(inner, exp.Cast):
            inner = inner.this
        if isinstance(inner, exp.Window) and isinstance(inner.this, exp.RowNumber):
            for key in _named_somehow(scope, projected, resolve(inner).partition):
                yield key | {projection.alias_or_name.lower()}
    qualify = scope.select.args.get("qualify")
    for part in conjuncts(qualify.this) if qualify is not None else ():
        if isinstance(part, exp.EQ) and isinstance(part.expression, exp.Literal):
            window = scope.definition(part.this)
            if isinstance(window, exp.Window) and _numbers_rows(scope, window):
                yield from _named_somehow(scope, projected, resolve(window).partition)


def _numbers_rows(scope: Scope, window: exp.Window) -> bool:
    """Whether no two rows of a partition have the same number."""
    known = resolve(window)
    if isinstance(window.this, exp.Rank | exp.DenseRank):
        certain = [key for key in (*known.partition, *known.order) if scope.nullable(key) is False]
        return scope.unique_rows(certain) is True
    return isinstance(window.this, exp.RowNumber)
