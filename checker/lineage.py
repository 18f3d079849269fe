"""Where every column of a statement comes from, through CTEs, subqueries, joins and stars."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from checker.expression_type import element_of
from checker.output import output
from checker.predicates import equalities, learn, learn_no_nulls
from checker.profile import Profile
from checker.relation import Field, Relation, base_table
from checker.scope import Scope

_UNKNOWN = Relation()
_LONGEST_CHAIN = 32
_KEEPS_LEFT = ("LEFT", "FULL")
_KEEPS_RIGHT = ("RIGHT", "FULL")


class Lineage:
    """The scopes of all SELECTs of one statement."""

    def __init__(self, root: exp.Expr, profile: Profile) -> None:
        self._profile = profile
        self._scopes: dict[int, Scope] = {}
        self._relations: dict[int, Relation] = {}
        self._inside: dict[int, list[exp.Expr]] = {}
        queries = list(root.find_all(exp.Query))
        for query in queries:
            around = query.find_ancestor(exp.Select)
            if around is not None and isinstance(query, exp.Select | exp.SetOperation):
                self._inside.setdefault(id(around), []).append(query)
        for query in queries:
            if query.find_ancestor(exp.Query) is None:
                self._query(query, {}, None)

    def scope(self, node: exp.Expr) -> Scope | None:
        """The SELECT a node stands in, None when it stands in none that was understood."""
        select = node if isinstance(node, exp.Select) else node.find_ancestor(exp.Select)
        return self._scopes.get(id(select)) if select is not None else None

    def origin(self, expression: exp.Expr, through: tuple[type[exp.Expr], ...] = ()) -> exp.Expr:
        """What an expression stands for, through aliases, CTEs, subqueries and these wrappers."""
        inner = expression.unnest()
        for _ in range(_LONGEST_CHAIN):
            scope = self.scope(inner)
            inner = scope.definition(inner) if scope is not None else inner.unnest()
            if not isinstance(inner, through):
                break
            inner = inner.this
        return inner

    def relation(self, query: exp.Expr) -> Relation:
        """What a query gives."""
        return self._relations.get(id(query.unnest() if isinstance(query, exp.Subquery) else query), _UNKNOWN)

    def _query(self, query: exp.Expr, names: dict[str, Relation], parent: Scope | None) -> Relation:
        names = self._with(query, names, parent)
        if isinstance(query, exp.Select):
            result = self._select(query, names, parent)
        elif isinstance(query, exp.SetOperation):
            result = self._union(query, names, parent)
        elif isinstance(query, exp.Subquery) and isinstance(query.this, exp.Query):
            result = self._query(query.this, names, parent)
        else:
            result = _UNKNOWN
        self._relations[id(query)] = result
        return result

    def _with(self, query: exp.Expr, names: dict[str, Relation], parent: Scope | None) -> dict[str, Relation]:
        clause = query.args.get("with_")
        if clause is None:
            return names
        names = dict(names)
        for cte in clause.expressions:
            name = cte.alias.lower()
            inner = {**names, name: _UNKNOWN} if clause.args.get("recursive") else names
            names[name] = _renamed(self._query(cte.this, inner, parent), cte.args.get("alias"))
        return names

    def _union(self, query: exp.SetOperation, names: dict[str, Relation], parent: Scope | None) -> Relation:
        left = self._query(query.this, names, parent)
        right = self._query(query.expression, names, parent)
        if not (left.complete and right.complete and len(left.fields) == len(right.fields)):
            return _UNKNOWN
        if query.args.get("by_name"):
            return _UNKNOWN
        fields = {
            a.name: Field(a.name, nullable=_either(a.nullable, b.nullable), ordinal=a.ordinal and b.ordinal)
            for a, b in zip(left.fields.values(), right.fields.values(), strict=True)
        }
        keys = (frozenset(fields),) if query.args.get("distinct") else ()
        return Relation(fields, keys, complete=True)

    def _select(self, select: exp.Select, names: dict[str, Relation], parent: Scope | None) -> Relation:
        scope = Scope(select, parent)
        self._scopes[id(select)] = scope
        start = select.args.get("from_")
        if start is not None:
            self._source(scope, start.this, names)
        for join in select.args.get("joins") or ():
            self._join(scope, join, names)
        for lateral in select.args.get("laterals") or ():
            self._source(scope, lateral, names)
        where = select.args.get("where")
        if where is not None:
            learn(scope, where.this)
        for late in (select.args.get("having"), select.args.get("qualify")):
            if late is not None:
                learn_no_nulls(scope, late.this)
        scope.settled = True
        self._nested(scope, names)
        return output(scope)

    def _nested(self, scope: Scope, names: dict[str, Relation]) -> None:
        """The subqueries inside expressions, each with this SELECT around it."""
        for query in self._inside.get(id(scope.select), ()):
            if id(query) not in self._relations and not isinstance(query.parent, exp.SetOperation):
                self._query(query, names, scope)

    def _source(self, scope: Scope, node: exp.Expr, names: dict[str, Relation]) -> str:
        alias, relation = self._read(scope, node, names)
        alias = alias or f"#{len(scope.sources)}"
        scope.sources[alias] = _renamed(relation, node.args.get("alias"))
        for join in node.args.get("joins") or ():
            self._join(scope, join, names)
        if node.args.get("pivots") or node.args.get("sample"):
            scope.sources[alias] = _UNKNOWN
        return alias

    def _read(self, scope: Scope, node: exp.Expr, names: dict[str, Relation]) -> tuple[str, Relation]:
        alias = node.alias_or_name.lower()
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            name = node.name.lower()
            if not node.db and name in names:
                return alias, names[name]
            known_place = node.db.lower() in self._profile.schemas
            return alias, base_table(name, self._profile) if known_place else _UNKNOWN
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Query):
            return alias, self._query(node.this, names, None)
        if isinstance(node, exp.Lateral) and isinstance(node.this, exp.Subquery):
            return alias, self._query(node.this, names, scope)
        if isinstance(node, exp.Unnest | exp.Values):
            return alias, _elements(scope, alias, node) if isinstance(node, exp.Unnest) else _listed(scope, node)
        return alias, _UNKNOWN

    def _join(self, scope: Scope, join: exp.Join, names: dict[str, Relation]) -> None:
        side, kind = join.side.upper(), join.kind.upper()
        before = list(scope.sources)
        if kind in ("SEMI", "ANTI"):
            return
        alias = self._source(scope, join.this, names)
        condition = join.args.get("on")
        on_true_facts = not side
        for identifier in join.args.get("using") or ():
            self._using(scope, before, alias, identifier.name.lower())
        if condition is not None:
            if on_true_facts:
                learn(scope, condition)
            else:
                equalities(scope, condition, towards=alias if side == "LEFT" else None)
        if join.method.upper() == "ASOF":
            scope.looked_up.add(alias)
        if join.method.upper() in ("NATURAL", "POSITIONAL"):
            scope.sources[alias] = _UNKNOWN
        if side in _KEEPS_LEFT:
            scope.sources[alias] = replace(scope.sources[alias], outer=True)
        if side in _KEEPS_RIGHT:
            for earlier in before:
                scope.sources[earlier] = replace(scope.sources[earlier], outer=True)

    def _using(self, scope: Scope, before: list[str], alias: str, name: str) -> None:
        for earlier in before:
            if name in scope.sources[earlier].fields:
                scope.implied.add(((earlier, name), (alias, name)))
                scope.implied.add(((alias, name), (earlier, name)))
                return


def _elements(scope: Scope, alias: str, node: exp.Unnest) -> Relation:
    """What UNNEST of one list gives, where its column has a name; WITH ORDINALITY gives the place in the list."""
    named = node.args.get("alias")
    names = list(named.args.get("columns") or ()) if named is not None else []
    if len(names) != 1 or len(node.expressions) != 1:
        return _UNKNOWN
    name, ordinal = names[0].name.lower(), node.args.get("offset")
    fields = {name: Field(name, type=element_of(scope.type_of(node.expressions[0])))}
    if isinstance(ordinal, exp.Identifier):
        place = ordinal.name.lower()
        fields[place] = Field(place, type="BIGINT", nullable=False)
        owners = {scope.place(column) for column in node.expressions[0].find_all(exp.Column)}
        if None not in owners:
            scope.unfolded[alias] = (frozenset(owner[0] for owner in owners if owner is not None), place)
    return Relation(fields, complete=True)


def _listed(scope: Scope, node: exp.Values) -> Relation:
    """What VALUES gives where it lists literals; its columns are col0, col1, ... until they are renamed."""
    rows = [row.expressions for row in node.expressions]
    ragged = len({len(row) for row in rows}) != 1
    if ragged or not all(_is_fixed(value) for row in rows for value in row):
        return _UNKNOWN
    columns = {f"col{number}": list(values) for number, values in enumerate(zip(*rows, strict=True))}
    fields = {
        name: Field(
            name,
            type=scope.type_of(values[0]),
            nullable=any(isinstance(value, exp.Null) for value in values),
        )
        for name, values in columns.items()
    }
    own = [frozenset({name}) for name, values in columns.items() if len(set(values)) == len(values)]
    whole = [frozenset(fields)] if len({tuple(row) for row in rows}) == len(rows) else []
    return Relation(fields, tuple(own or whole), complete=True)


def _is_fixed(value: exp.Expr) -> bool:
    return isinstance(value, exp.Literal | exp.Boolean | exp.Null | exp.Interval)


def _renamed(relation: Relation, alias: exp.Expr | None) -> Relation:
    """The relation under `AS t(a, b)`: its first columns have new names."""
    names = [column.name.lower() for column in alias.args.get("columns") or ()] if alias is not None else []
    if not names:
        return relation
    if not relation.complete or len(names) > len(relation.fields):
        return Relation(fields={name: Field(name) for name in names})
    old = list(relation.fields)
    new = dict(zip(old, names + old[len(names) :], strict=True))
    fields = {new[name]: replace(found, name=new[name]) for name, found in relation.fields.items()}
    keys = tuple(frozenset(new[name] for name in key) for key in relation.keys)
    grouped = tuple(frozenset(new[name] for name in key) for key in relation.grouped)
    rows = tuple(
        (frozenset(new[name] for name in key), frozenset(new[name] for name in known)) for key, known in relation.rows
    )
    return replace(relation, fields=fields, keys=keys, grouped=grouped, rows=rows, base=None)


def _either(left: bool | None, right: bool | None) -> bool | None:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False
