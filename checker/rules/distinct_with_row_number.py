"""SELECT DISTINCT beside ROW_NUMBER: the number differs on every row, so DISTINCT removes nothing.

**Why it bites.** The doubled deliveries are still there, each with a number of its own. Remove them
first, in a subquery or with QUALIFY, then number what is left.

Setup:

    CREATE TABLE message_events AS SELECT * FROM (VALUES ('m1', 1), ('m1', 1), ('m2', 2))
    AS t(message_id, schema_version);

Fires:

    SELECT DISTINCT message_id, row_number() OVER (ORDER BY message_id) AS place FROM message_events
    --     ^^^^^^^^

Quiet:

    SELECT message_id, row_number() OVER (ORDER BY message_id) AS place
    FROM (SELECT DISTINCT message_id FROM message_events)

Effect: differs

Allow it never.

Source: SQL:2016, 7.16 query specification: DISTINCT comes after window functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity, Span

ID = "WIN013"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The DISTINCTs over a row number and everything that it is partitioned by."""
    for window in tree.windows:
        select = window.node.find_ancestor(exp.Select)
        distinct = select.args.get("distinct") if isinstance(select, exp.Select) else None
        if not isinstance(window.function, exp.RowNumber) or distinct is None or distinct.args.get("on") is not None:
            continue
        given = {projection.unalias().sql() for projection in select.expressions} if select is not None else set()
        if window.node.sql() in given and all(key.sql() in given for key in window.partition):
            after = tree.tokens.back_to(tree.span(window.node), TokenType.DISTINCT)
            yield Hit(
                Span(after.start, after.start + len("DISTINCT")),
                "the row number differs on every row: DISTINCT removes nothing",
            )
