"""How the sources of a SELECT are joined: by which conditions, and which of them multiply rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot import exp

from checker.predicates import conjuncts
from checker.scope import Place, Scope


def joins(select: exp.Select) -> Iterator[tuple[str, exp.Join]]:
    """The joins of a SELECT with the alias of what is joined."""
    for join in select.args.get("joins") or ():
        yield join.this.alias_or_name.lower(), join


def conditions(select: exp.Select) -> Iterator[exp.Expr]:
    """The parts of all ON and WHERE conditions that must be true."""
    where = select.args.get("where")
    clauses = [join.args["on"] for _, join in joins(select) if join.args.get("on") is not None]
    for clause in [*clauses, *([where.this] if where is not None else [])]:
        yield from conjuncts(clause)


def sources_of(scope: Scope, condition: exp.Expr) -> set[str] | None:
    """The aliases that a condition mentions; None when one of its columns cannot be told."""
    places = {scope.place(column) for column in condition.find_all(exp.Column)}
    return None if None in places else {place[0] for place in places if place is not None}


def columns_of(scope: Scope, alias: str) -> set[Place]:
    """All known columns of a source."""
    return {(alias, name) for name in scope.sources[alias].fields}


def multipliers(scope: Scope, alias: str, known: Iterable[Place] = ()) -> set[str]:
    """The sources of which several rows can meet one row of `alias`, by their keys; none unless it is certain.

    A join on a range may well find one row at most, so only joins by equality are judged.
    """
    missing = set(scope.sources) - scope.closure({*columns_of(scope, alias), *known}) - {alias}
    certain = all(scope.sources[other].keys_known and _is_by_equality(scope, other) for other in missing)
    return missing if certain else set()


def _is_by_equality(scope: Scope, alias: str) -> bool:
    for condition in conditions(scope.select):
        mentioned = sources_of(scope, condition)
        if mentioned is None:
            return False
        bare = isinstance(condition, exp.EQ) and all(
            isinstance(side.unnest(), exp.Column) for side in (condition.this, condition.expression)
        )
        if alias in mentioned and len(mentioned) > 1 and not bare:
            return False
    return True
