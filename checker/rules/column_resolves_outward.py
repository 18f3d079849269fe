"""A column in an IN subquery that its table does not have: the query around it lends its own.

**Why it bites.** `WHERE user_ref IN (SELECT user_ref FROM turns)` looks right, but turns has no
`user_ref`. The name resolves to the outer table, the condition compares every row with itself, and
all users pass.

Setup:

    CREATE TABLE users AS SELECT * FROM (VALUES ('u1'), ('u2')) AS t(user_ref);
    CREATE TABLE turns AS SELECT * FROM (VALUES ('u1')) AS t(user_id);

Fires:

    SELECT user_ref FROM users WHERE user_ref IN (SELECT user_ref FROM turns)
    --                                                   ^^^^^^^^

Quiet:

    SELECT user_ref FROM users WHERE user_ref IN (SELECT user_id FROM turns)

Effect: differs

Allow it never.

Source: SQL:2016, 6.7 column reference: the innermost scope that has the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "JOI007"
SEVERITY = Severity.ERROR
NEEDS = Needs.PROFILE


def check(tree: Tree) -> Iterator[Hit]:
    """The unqualified columns that an IN subquery gives and only the query around it has."""
    for node in tree.nodes(exp.In):
        query = node.args.get("query")
        select = query.unnest() if isinstance(query, exp.Expr) else None
        if not isinstance(select, exp.Select) or len(select.expressions) != 1:
            continue
        column, scope = select.expressions[0].unalias(), tree.scope(select)
        if scope is None or scope.parent is None or not isinstance(column, exp.Column) or column.table:
            continue
        known = scope.sources and all(source.complete for source in scope.sources.values())
        if known and scope.place(column) is None and scope.parent.place(column) is not None:
            if any(column.name.lower() in source.fields for source in scope.sources.values()):
                continue
            tables = ", ".join(scope.sources)
            message = f"{tables} has no {column.name}: this is the outer query's, and always true"
            yield Hit(tree.span(column), message)
