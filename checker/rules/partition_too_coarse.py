"""A window partitioned by user and ordered by a position that counts within a conversation.

**Why it bites.** `turn_index` starts again at 1 in every conversation. In the order of `turn_index`
alone, a user's first turns of all conversations come first: LAG looks from one conversation into
another, and finds an escalation that never happened. The data profile tells within what a position
counts.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('m1', 'u1', 'c1', 1, 'low'), ('m2', 'u1', 'c1', 2, 'low'), ('m3', 'u1', 'c2', 1, 'high')
    ) AS t(message_id, user_id, conversation_id, turn_index, risk);

Fires:

    SELECT message_id, lag(risk) OVER (PARTITION BY user_id ORDER BY turn_index) AS before FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before FROM turns

Effect: differs

Allow it when every partition is known to hold one conversation.

Source: the keys in the data profile; SQL:2016, 7.15 window clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.grain import missing_owner
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Edit, Fix, Proof, Severity, Span

ID = "WIN005"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PROOF = Proof.REPAIR


def check(tree: Tree) -> Iterator[Hit]:
    """The LAGs and LEADs whose position counts within something that the partition leaves out."""
    for window in tree.windows:
        scope = tree.scope(window.node)
        if scope is None or not isinstance(window.function, exp.Lag | exp.Lead):
            continue
        owner = missing_owner(window, scope, tree.profile)
        if owner is not None:
            position = window.order[0].sql(dialect="duckdb")
            message = f"{position} counts within one {owner}: PARTITION BY {owner}, or order by time first"
            parts = tree.window_clause(window.node, "PARTITION")
            edits = (Edit(Span(parts.end, parts.end), f", {owner}"),) if parts is not None else ()
            yield Hit(tree.call_over(window.node), message, probe=Fix(edits, safe=False))
