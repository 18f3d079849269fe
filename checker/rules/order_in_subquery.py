"""ORDER BY in a subquery or CTE without LIMIT: the query around it need not keep the order.

**Why it bites.** It costs a sort, and a reader believes that the result is in order. Order where the
rows are shown.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1), ('c1', 2)) AS t(conversation_id, turn_index);

Fires:

    SELECT conversation_id, max(turn_index) AS turns
    FROM (SELECT * FROM turns ORDER BY turn_index) GROUP BY conversation_id
    --                        ^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT conversation_id, max(turn_index) AS turns FROM turns GROUP BY conversation_id

Effect: same (the order is not used)

Allow it when DuckDB's keeping of the order is relied on; better, order again.

Source: SQL:2016, 7.17 query expression; DuckDB documentation, "Order Preservation".
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity, Span

ID = "STY002"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE

_POSITIONAL = (exp.ArrayAgg, exp.GroupConcat, exp.First, exp.Last, exp.AnyValue, exp.Limit, exp.RowNumber)


def check(tree: Tree) -> Iterator[Hit]:
    """The orders of subqueries and CTEs that nothing around them uses."""
    if tree.nodes(*_POSITIONAL):
        return
    for order in tree.nodes(exp.Order):
        query = order.parent
        if not isinstance(query, exp.Select) or not isinstance(query.parent, exp.Subquery | exp.CTE):
            continue
        distinct = query.args.get("distinct")
        if query.args.get("offset") is None and (distinct is None or distinct.args.get("on") is None):
            inside = tree.span(order)
            start = tree.tokens.back_to(inside, TokenType.ORDER_BY).start
            yield Hit(Span(start, inside.end), "the query around it need not keep this order: order at the end")
