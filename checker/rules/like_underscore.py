"""LIKE with `_` in a name: the underscore stands for any one character.

**Why it bites.** `LIKE 'tool_use%'` also finds 'tool-use' and 'toolXuse'. With ESCAPE, or starts_with and
contains, it is a letter.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 'end_turn'), ('m2', 'end-turn')) AS t(message_id, stop_reason);

Fires:

    SELECT message_id FROM turns WHERE stop_reason LIKE 'end_turn%'
    --                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id FROM turns WHERE stop_reason LIKE 'end$_turn%' ESCAPE '$'

Effect: differs

Allow it when any character is meant.

Source: SQL:2016, 8.5 like predicate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "STY008"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE

_NAME = re.compile(r"[A-Za-z0-9]_[A-Za-z0-9]")


def check(tree: Tree) -> Iterator[Hit]:
    """The patterns with an underscore between letters and no ESCAPE."""
    for node in tree.nodes(exp.Like, exp.ILike):
        pattern = node.expression
        if (
            not isinstance(pattern, exp.Literal)
            or isinstance(node.parent, exp.Escape)
            or not _NAME.search(pattern.name)
        ):
            continue
        escaped = tree.text(pattern).replace("_", "$_") + " ESCAPE '$'"
        fix = REPAIR(Edit(tree.span(pattern), escaped)) if "$" not in pattern.name else None
        yield Hit(tree.span(node), "_ stands for any one character: ESCAPE it, or use starts_with", fix)
