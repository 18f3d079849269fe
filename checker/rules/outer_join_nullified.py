"""A LEFT JOIN whose missing rows are thrown away again by WHERE: it is an inner join.

**Why it bites.** "Every user with the feedback of version 2, if any" by `WHERE feedback.scale_version = 2`
keeps the users who gave such feedback and no others: for the rest the column is NULL. A condition
on the joined rows belongs into ON.

Setup:

    CREATE TABLE users AS SELECT * FROM (VALUES ('u1'), ('u2'), ('u3')) AS t(user_ref);
    CREATE TABLE feedback AS SELECT * FROM (VALUES ('u1', 2), ('u2', 1)) AS t(user_ref, scale_version);

Fires:

    SELECT u.user_ref, f.scale_version
    FROM users AS u LEFT JOIN feedback AS f ON f.user_ref = u.user_ref
    WHERE f.scale_version = 2
    --    ^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT u.user_ref, f.scale_version
    FROM users AS u LEFT JOIN feedback AS f ON f.user_ref = u.user_ref AND f.scale_version = 2

Effect: differs

Allow it when only the matches are wanted; better, write JOIN.

Source: SQL:2016, 7.10 joined table: WHERE comes after the join.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.joins import joins, sources_of
from checker.predicates import conjuncts
from checker.rule import Hit, Needs, Repair
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Edit, Fix, Severity, Span

ID = "JOI001"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE

_REJECTS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Like, exp.ILike, exp.Between, exp.In)


def check(tree: Tree) -> Iterator[Hit]:
    """The conditions in WHERE that no row without a partner can pass, once for each join."""
    for where in tree.nodes(exp.Where):
        scope = tree.scope(where)
        if scope is None or where.parent is not scope.select:
            continue
        found: dict[str, exp.Expr] = {}
        for part in conjuncts(where.this):
            for place, reasons in scope.not_null.items():
                if scope.sources[place[0]].outer and _rejects(part) and any(reason is part for reason in reasons):
                    found.setdefault(place[0], part)
        for alias, part in found.items():
            span = tree.comparison(part) if isinstance(part, exp.Binary) else tree.span(part)
            message = f"rows without a partner in {alias} cannot pass this: move it to ON, or write JOIN"
            yield Hit(span, message, _fix(tree, scope, where, part, alias))


def _rejects(part: exp.Expr) -> bool:
    """A comparison; IS NOT NULL says on purpose that a partner is wanted."""
    return isinstance(part.this.unnest() if isinstance(part, exp.Not) else part, _REJECTS)


def _fix(tree: Tree, scope: Scope, where: exp.Where, part: exp.Expr, alias: str) -> Fix | None:
    """The only condition of a WHERE goes to the end of the ON of its LEFT JOIN."""
    join = dict(joins(scope.select)).get(alias)
    on = join.args.get("on") if join is not None else None
    if join is None or on is None or join.side.upper() != "LEFT" or where.this.unnest() is not part:
        return None
    if on.find(exp.Or) is not None or sources_of(scope, part) != {alias}:
        return None
    condition = tree.span(where.this)
    clause = tree.tokens.back_to(condition, TokenType.WHERE)
    end = tree.span(on).end
    before = len(tree.source.text[: clause.start].rstrip())
    text = tree.source.text[condition.start : condition.end]
    return REPAIR(Edit(Span(end, end), f" AND {text}"), Edit(Span(before, clause.end), ""))
