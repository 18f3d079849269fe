"""A CASE without ELSE: what no branch names becomes NULL.

**Why it bites.** A report by `CASE WHEN ... THEN 'short' WHEN ... THEN 'long' END` has a third bucket
without a name. An ELSE says what it is, if only ELSE NULL. In preview: often NULL is meant.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'low'), (2, NULL), (3, 'high')) AS t(turn_index, risk);

Fires:

    SELECT turn_index, CASE WHEN risk = 'high' THEN 'watch' WHEN risk = 'low' THEN 'pass' END AS action FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, CASE WHEN risk = 'high' THEN 'watch' WHEN risk = 'low' THEN 'pass' ELSE 'other' END AS action
    FROM turns

Effect: differs

Allow it when NULL is meant.

Source: SQL:2016, 6.12 case expression: without ELSE, ELSE NULL is implicit.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "NUL004"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The CASEs in a SELECT's result without ELSE, those inside functions aside."""
    for node in tree.nodes(exp.Case):
        holder = node.parent.parent if isinstance(node.parent, exp.Alias) else node.parent
        if node.args.get("default") is None and isinstance(holder, exp.Select) and len(node.args["ifs"]) > 1:
            yield Hit(tree.case(node), "what no branch names becomes NULL: say it with ELSE")
