"""LIMIT without ORDER BY: which rows are kept is left to chance.

**Why it bites.** "Ten examples of high risk" are ten others tomorrow, or on a machine with more cores,
and the finding that they showed is not found again.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m3', 'high'), ('m1', 'high'), ('m2', 'high')) AS t(message_id, risk);

Fires:

    SELECT message_id FROM turns WHERE risk = 'high' LIMIT 1
    --                                               ^^^^^^^

Quiet:

    SELECT message_id FROM turns WHERE risk = 'high' ORDER BY message_id LIMIT 1

Effect: differs

Allow it when any rows will do.

Source: SQL:2016, 7.17 query expression: without an order the rows have none.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.literals import literal_number
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Proof, Severity, Span

ID = "STY001"
SEVERITY = Severity.WARNING
PROOF = Proof.ORDER
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The LIMITs of queries that read rows in no order."""
    for limit in tree.nodes(exp.Limit):
        query = limit.parent
        if not isinstance(query, exp.Select) or query.args.get("order") is not None or _is_settled(tree, query, limit):
            continue
        start = tree.tokens.back_to(tree.span(limit), TokenType.LIMIT).start
        yield Hit(Span(start, tree.span(limit).end), "without ORDER BY any rows may be kept: order by what is wanted")


def _is_settled(tree: Tree, query: exp.Select, limit: exp.Limit) -> bool:
    """No row or one row at most, an EXISTS, or an order below that the engine keeps."""
    if literal_number(limit.expression) == 0 or frozenset() in tree.lineage.relation(query).keys:
        return True
    if literal_number(limit.expression) == 1 and _is_unknown(tree, query):
        return True  # a table of which nothing is known may hold one row
    if query.args.get("from_") is None or isinstance(query.parent, exp.Exists) or not tree.span(limit).end:
        return True
    below = (order for order in query.find_all(exp.Order) if isinstance(order.parent, exp.Query))
    return any(order.parent is not query for order in below) or _reads_ordered(tree, query)


def _is_unknown(tree: Tree, query: exp.Select) -> bool:
    scope = tree.scope(query)
    return scope is not None and all(source.base and not source.complete for source in scope.sources.values())


def _reads_ordered(tree: Tree, query: exp.Select) -> bool:
    names = {table.name.lower() for table in query.find_all(exp.Table)}
    return any(
        cte.alias.lower() in names and isinstance(cte.this, exp.Query) and cte.this.args.get("order") is not None
        for cte in tree.nodes(exp.CTE)
    )
