"""One SELECT: the relations it reads, what its predicates pin down, and which columns make a row unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from checker.expression_type import Family, family, type_of
from checker.grouping import group_expressions
from checker.nullability import nullable
from checker.relation import Field, Relation

Place = tuple[str, str]  # a source's alias and one of its columns


@dataclass(slots=True)
class Scope:
    """The inside of one SELECT.

    `implied` holds pairs (a, b): who knows column a knows column b, because a join or a predicate
    makes them equal. `pinned` columns have one value, `not_null` ones have no NULL left, by the
    predicates it names. `unfolded` names the lists that were unfolded: whose they are, and the column
    that says where in its list an element stands. Once nothing more will be learnt, it is `settled`:
    what an alias stands for is then worked out once, however many aliases build on it.
    """

    select: exp.Select
    parent: Scope | None = None
    sources: dict[str, Relation] = field(default_factory=dict)
    looked_up: set[str] = field(default_factory=set)
    unfolded: dict[str, tuple[frozenset[str], str]] = field(default_factory=dict)
    implied: set[tuple[Place, Place]] = field(default_factory=set)
    pinned: set[Place] = field(default_factory=set)
    not_null: dict[Place, list[exp.Expr]] = field(default_factory=dict)
    settled: bool = False
    _aliases: dict[str, exp.Expr] = field(default_factory=dict)
    _described: dict[str, Field] = field(default_factory=dict)
    _types: dict[int, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for projection in self.select.expressions:
            if isinstance(projection, exp.Alias):
                self._aliases.setdefault(projection.alias.lower(), projection.this)

    def place(self, column: exp.Column) -> Place | None:
        """The source and column that a reference means, None when it cannot be told."""
        name = column.name.lower()
        qualifier = column.table.lower()
        if qualifier:
            known = qualifier in self.sources and not column.args.get("db")
            return (qualifier, name) if known else None
        holders = [alias for alias, source in self.sources.items() if name in source.fields]
        unknown = [alias for alias, source in self.sources.items() if not source.complete and alias not in holders]
        if len(holders) == 1 and (not unknown or self.sources[holders[0]].complete):
            return holders[0], name
        if not holders and len(unknown) == 1 and self.sources[unknown[0]].base is not None:
            return None if name in self._aliases else (unknown[0], name)
        return None

    def resolve(self, column: exp.Column) -> Field | None:
        """The column a reference means: of a source, of this SELECT's aliases, or of the query around it."""
        place = self.place(column)
        if place is not None:
            found = self.sources[place[0]].find(place[1])
            return replace(found, nullable=False) if found is not None and place in self.not_null else found
        if not column.table:
            alias = self._aliases.get(column.name.lower())
            if alias is not None and not _is_within(column, alias):
                return self._alias(alias, column.name.lower())
        if self.parent is not None and not any(not source.complete for source in self.sources.values()):
            return self.parent.resolve(column)
        return None

    def _alias(self, alias: exp.Expr, name: str) -> Field:
        if name not in self._described:
            self._described[name] = Field(name)  # an alias that leads back to itself stands for nothing known
            found = self.describe(alias, name)
            if not self.settled:
                del self._described[name]
                return found
            self._described[name] = found
        return self._described[name]

    def describe(self, expression: exp.Expr, name: str) -> Field:
        """What a projection gives: a base column unchanged, or something computed."""
        inner = expression.unnest()
        if isinstance(inner, exp.Column) and not isinstance(inner.this, exp.Star):
            found = self.resolve(inner)
            if found is not None:
                return replace(found, name=name)
        return Field(name, nullable=self.nullable(inner), type=self.type_of(inner), expression=inner)

    def definition(self, expression: exp.Expr) -> exp.Expr:
        """What a reference to a computed column stands for, through aliases, CTEs and subqueries."""
        inner = expression.unnest()
        if isinstance(inner, exp.Column):
            found = self.resolve(inner)
            if found is not None and found.expression is not None:
                return found.expression
        return inner

    def type_of(self, expression: exp.Expr) -> str | None:
        """The type in capitals, None when it cannot be told."""
        if not self.settled:
            return type_of(self, expression)
        if id(expression) not in self._types:
            self._types[id(expression)] = type_of(self, expression)
        return self._types[id(expression)]

    def family(self, expression: exp.Expr) -> Family | None:
        """The family of an expression's type, None when it cannot be told."""
        return family(self.type_of(expression))

    def nullable(self, expression: exp.Expr) -> bool | None:
        """Whether an expression can be NULL; None when it cannot be told."""
        return nullable(self, expression)

    def nullable_without(self, expression: exp.Expr, predicate: exp.Expr) -> bool | None:
        """Like `nullable`, on the rows that a predicate has not filtered yet."""
        inner = expression.unnest()
        place = self.place(inner) if isinstance(inner, exp.Column) else None
        found = self.sources[place[0]].find(place[1]) if place is not None else None
        if place is None or found is None:
            return self.nullable(inner)
        others = [other for other in self.not_null.get(place, ()) if other is not predicate]
        return False if others else found.nullable

    def closure(self, known: Iterable[Place]) -> set[str]:
        """The sources whose row is one row at most once these columns are known."""
        places = set(known) | self.pinned
        whole: set[str] = set()
        while True:
            before = len(places), len(whole)
            whole |= {alias for alias in self.sources if alias not in whole and self._is_row(alias, places, whole)}
            places |= {b for a, b in self.implied if a in places or a[0] in whole}
            if (len(places), len(whole)) == before:
                return whole

    def _is_row(self, alias: str, places: set[Place], whole: set[str]) -> bool:
        if alias in self.looked_up and whole >= set(self.sources) - self.looked_up:
            return True
        if alias in self.unfolded:
            owners, place = self.unfolded[alias]
            return owners <= whole and (alias, place) in places
        return any(all((alias, name) in places for name in key) for key in self.sources[alias].keys)

    def unique(self, expressions: Iterable[exp.Expr]) -> bool | None:
        """Whether these expressions differ on every row that this SELECT reads; None when it cannot be told."""
        direct: set[Place] = set()
        touched: set[Place] = set()
        certain = True
        for expression in expressions:
            bare = isinstance(expression.unnest(), exp.Column)
            for column in expression.find_all(exp.Column):
                place = self.place(column)
                found = self.resolve(column)
                if place is None or found is None or found.column is None:
                    certain = False
                if place is not None:
                    (direct if bare else touched).add(place)
        everything = set(self.sources)
        if everything and self.closure(direct) == everything:
            return True
        missing = everything - self.closure(direct | touched)
        proved = certain and missing and all(self.sources[alias].keys_known for alias in everything)
        return False if proved else None

    def unique_rows(self, expressions: Sequence[exp.Expr]) -> bool | None:
        """Like `unique`, for the rows that windows see: after GROUP BY those are the groups."""
        if self.select.args.get("group") is None:
            return self.unique(expressions)
        groups = group_expressions(self.select)
        aliases = {p.alias.lower(): p.this for p in self.select.expressions if isinstance(p, exp.Alias)}
        known = {*expressions, *(aliases[e.name.lower()] for e in expressions if e.name.lower() in aliases)}
        return True if groups is not None and all(group in known for group in groups) else None

    def columns(self) -> Iterator[tuple[Place, Field]]:
        """All columns of all sources, as a star gives them."""
        for alias, source in self.sources.items():
            for name in source.fields:
                found = source.find(name)
                if found is not None:
                    place = (alias, name)
                    yield place, replace(found, nullable=False) if place in self.not_null else found


def _is_within(node: exp.Expr, whole: exp.Expr) -> bool:
    above: exp.Expr | None = node
    while above is not None and above is not whole:
        above = above.parent
    return above is not None
