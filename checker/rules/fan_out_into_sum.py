"""SUM or AVG of a column whose rows a join has doubled.

**Why it bites.** A conversation joined to its turns stands there once for each turn. Its number is
summed up as often, and the mean weighs long conversations more. With the data profile the rule
speaks only where the keys allow several partners, and nothing groups them apart.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 10), ('m2', 20)) AS t(message_id, output_tokens);
    CREATE TABLE feedback AS SELECT * FROM (VALUES ('f1', 'm1'), ('f2', 'm1'), ('f3', 'm2'))
    AS t(feedback_id, message_id);

Fires:

    SELECT sum(t.output_tokens) AS tokens FROM turns AS t JOIN feedback AS f ON f.message_id = t.message_id
    --     ^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT sum(t.output_tokens) AS tokens FROM turns AS t
    WHERE EXISTS (SELECT 1 FROM feedback AS f WHERE f.message_id = t.message_id)

Effect: differs

Allow it when each pair shall count.

Source: SQL:2016, 7.10 joined table; the keys in the data profile.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.grouping import group_expressions
from checker.joins import multipliers, sources_of
from checker.rule import Hit, Needs
from checker.scope import Place, Scope
from checker.tree import Tree
from checker.verdict import Severity

ID = "JOI003"
SEVERITY = Severity.ERROR
NEEDS = Needs.PROFILE


def check(tree: Tree) -> Iterator[Hit]:
    """The sums and means over one source whose rows can meet several rows of another."""
    for node in tree.nodes(exp.Sum, exp.Avg):
        scope = tree.scope(node)
        if scope is None or len(scope.sources) < 2 or isinstance(node.this, exp.Distinct):
            continue
        if isinstance(node.parent, exp.Window) or not isinstance(node.this, exp.Expr) or node.find(exp.Query):
            continue
        owner = _owner(scope, node.this)
        if owner is None:
            continue
        if not scope.sources[owner].outer and scope.sources[owner].keys_known:
            many = multipliers(scope, owner, _groups(scope))
            if many:
                message = f"a row of {owner} stands here once for each of its rows in {min(many)}: sum before the join"
                yield Hit(tree.call(node), message)


def _owner(scope: Scope, value: exp.Expr) -> str | None:
    """The one source whose amounts are added; None where rows are counted by a condition, which may be another's."""
    owners = [sources_of(scope, amount) for amount in _amounts(value)]
    aliases = {alias for owner in owners if owner is not None for alias in owner}
    return next(iter(aliases)) if None not in owners and len(aliases) == 1 else None


def _amounts(value: exp.Expr) -> Iterator[exp.Expr]:
    inner = value.unnest()
    match inner:
        case exp.Case() | exp.If():
            branches = [branch.args["true"] for branch in inner.args.get("ifs") or ()]
            rest = [inner.args[key] for key in ("true", "false", "default") if inner.args.get(key) is not None]
            for result in (*branches, *rest):
                yield from _amounts(result)
        case exp.Cast():
            yield from _amounts(inner.this)
        case exp.Predicate() | exp.Connector() | exp.Not():
            pass
        case _:
            yield inner


def _groups(scope: Scope) -> set[Place]:
    """What is constant within a group, with all columns that a computed key mentions."""
    if scope.select.args.get("group") is None:
        return set()
    keys = group_expressions(scope.select) or []
    places = {scope.place(column) for key in keys for column in key.find_all(exp.Column)}
    return {place for place in places if place is not None}
