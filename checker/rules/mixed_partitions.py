"""A window over the result of a window that has another partition.

**Why it bites.** "New session" flags are made within a user, then summed up within a conversation:
the session numbers mean nothing, because a session that spans two conversations is cut in one
count and not in the other. In preview, because a coarser second step can be meant.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('u1', 'c1', 1, 'm1'), ('u1', 'c2', 1, 'm2')
    ) AS t(user_id, conversation_id, turn_index, message_id);

Fires:

    WITH flagged AS (
        SELECT *, CAST(lag(turn_index) OVER (PARTITION BY conversation_id ORDER BY turn_index) IS NULL AS INT) AS new
        FROM turns
    )
    SELECT turn_index, sum(new) OVER (PARTITION BY user_id ORDER BY message_id ROWS UNBOUNDED PRECEDING) AS sitting
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    FROM flagged

Quiet:

    WITH flagged AS (
        SELECT *, CAST(lag(turn_index) OVER (PARTITION BY user_id ORDER BY message_id) IS NULL AS INT) AS new
        FROM turns
    )
    SELECT turn_index, sum(new) OVER (PARTITION BY user_id ORDER BY message_id ROWS UNBOUNDED PRECEDING) AS sitting
    FROM flagged

Effect: differs

Allow it when the second step is meant to be coarser or finer.

Source: the steps of sessionization: flag, then running sum, within one partition.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity
from checker.window import Window, resolve

ID = "WIN017"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The running sums of flags that a LAG or LEAD with another partition made."""
    for window in tree.windows:
        if not isinstance(window.function, exp.Sum) or not window.order or not window.partition:
            continue
        earlier = tree.lineage.origin(window.function.this)
        for node in earlier.find_all(exp.Window):
            before = resolve(node)
            if not isinstance(before.function, exp.Lag | exp.Lead) or not before.partition:
                continue
            if _names(before) != _names(window):
                ours, theirs = ", ".join(sorted(_names(window))), ", ".join(sorted(_names(before)))
                yield Hit(tree.call_over(window.node), f"partitioned by {ours}, but its flags were made by {theirs}")
                break


def _names(window: Window) -> frozenset[str]:
    return frozenset(column.name.lower() for key in window.partition for column in key.find_all(exp.Column))
