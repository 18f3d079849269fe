"""DISTINCT ON whose order ties, or that has none: which row of a group stays is left to chance.

**Why it bites.** "The last turn of each conversation" by `DISTINCT ON (conversation_id) ... ORDER BY
created_at DESC` takes either of two turns of one instant. The data profile tells where ties can be.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, TIMESTAMPTZ '2026-01-05 10:00:00+00'), ('c1', 2, TIMESTAMPTZ '2026-01-05 10:00:00+00')
    ) AS t(conversation_id, turn_index, created_at);

Fires:

    SELECT DISTINCT ON (conversation_id) conversation_id, turn_index
    --     ^^^^^^^^^^^
    FROM turns
    ORDER BY conversation_id, created_at DESC

Quiet:

    SELECT DISTINCT ON (conversation_id) conversation_id, turn_index
    FROM turns
    ORDER BY conversation_id, created_at DESC, turn_index DESC

Effect: differs

Allow it when tied rows look the same.

Source: DuckDB documentation, "SELECT Clause", DISTINCT ON.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Proof, Severity, Span

ID = "STY006"
SEVERITY = Severity.WARNING
PROOF = Proof.ORDER
NEEDS = Needs.PROFILE


def check(tree: Tree) -> Iterator[Hit]:
    """The DISTINCT ONs whose keys and order the profile shows to repeat."""
    for select in tree.nodes(exp.Select):
        distinct, scope = select.args.get("distinct"), tree.scope(select)
        on = distinct.args.get("on") if distinct is not None else None
        if on is None or scope is None or select.args.get("group") is not None:
            continue
        order = select.args.get("order")
        keys = [*on.expressions, *(key.this for key in (order.expressions if order is not None else ()))]
        known = {key.sql() for key in keys}
        alike = not select.is_star and all(projection.unalias().sql() in known for projection in select.expressions)
        if not alike and scope.unique(keys) is False:
            start = tree.tokens.back_to(tree.span(on), TokenType.DISTINCT).start
            end = tree.tokens.through(Span(start, start + len("DISTINCT")), TokenType.ON).end
            yield Hit(Span(start, end), "several rows tie for the place that is kept: add a tiebreaker to ORDER BY")
