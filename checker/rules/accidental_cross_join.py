"""Two tables side by side in FROM, and no condition that ties them: every row meets every row.

**Why it bites.** With the condition forgotten a thousand users and ten thousand turns make ten
million rows, each turn belonging to everybody. CROSS JOIN says that it is meant.

Setup:

    CREATE TABLE users AS SELECT * FROM (VALUES ('u1'), ('u2')) AS t(user_ref);
    CREATE TABLE conversations AS SELECT * FROM (VALUES ('c1', 'u1'), ('c2', 'u2')) AS t(conversation_id, user_ref);

Fires:

    SELECT count(*) AS conversations FROM users AS u, conversations AS c WHERE c.conversation_id <> 'c9'
    --                                                ^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT count(*) AS conversations FROM users AS u, conversations AS c
    WHERE c.conversation_id <> 'c9' AND c.user_ref = u.user_ref

Effect: differs

Allow it when all pairs are wanted; better, write CROSS JOIN.

Source: SQL:2016, 7.6 table reference; EXPLAIN shows CROSS_PRODUCT.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.joins import conditions, joins, sources_of
from checker.rule import Hit, Needs
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Severity

ID = "JOI004"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The comma joins and the joins by ON that no condition ties to what stands before."""
    for select in tree.nodes(exp.Select):
        scope = tree.scope(select)
        if scope is None or len(scope.sources) < 2 or select.args.get("laterals"):
            continue
        loose = [(alias, join) for alias, join in joins(select) if _needs_condition(scope, alias, join)]
        tied = _tied(scope) if loose else None
        for alias, join in loose:
            if tied is not None and alias not in tied:
                message = f"no condition ties {alias} to what stands before it: write one, or CROSS JOIN"
                yield Hit(tree.source_of(join), message)


def _needs_condition(scope: Scope, alias: str, join: exp.Join) -> bool:
    if alias not in scope.sources or not isinstance(join.this, exp.Table | exp.Subquery):
        return False
    if isinstance(join.this, exp.Table) and not isinstance(join.this.this, exp.Identifier):
        return False
    source, on = scope.sources[alias], join.args.get("on")
    known = source.complete if source.base is not None else bool(source.keys)
    if not known and not any(conditions(scope.select)):
        return False  # what nothing is known of may be one row of parameters
    explicit = join.kind or join.method or join.args.get("using") or (on is not None and not on.find(exp.Column))
    return not explicit and frozenset() not in source.keys


def _tied(scope: Scope) -> set[str] | None:
    """The sources that conditions tie to the first one; None when a condition cannot be told."""
    first = next(iter(scope.sources))
    groups = [sources_of(scope, condition) for condition in conditions(scope.select)]
    if None in groups or any(c.find(exp.Query) is not None for c in conditions(scope.select)):
        return None
    links = [group for group in groups if group is not None]
    for alias, join in joins(scope.select):
        if alias in scope.sources and not _needs_condition(scope, alias, join):
            links.append({first, alias})
    tied = {first} | {alias for alias, source in scope.sources.items() if frozenset() in source.keys}
    while more := {alias for group in links if group & tied for alias in group} - tied:
        tied |= more
    return tied
