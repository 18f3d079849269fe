"""A comparison of a text with itself in capitals: it finds only what was shouted.

**Why it bites.** `WHERE topic = upper(topic)` keeps nothing of a log in lower case.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'code'), (2, 'DATA')) AS t(turn_index, topic);

Fires:

    SELECT turn_index FROM turns WHERE topic = upper(topic)
    --                                         ^^^^^^^^^^^^

Quiet:

    SELECT turn_index FROM turns WHERE upper(topic) IS NOT NULL

Effect: differs
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.profile import Profile
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "TXT901"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE


def check(tree: Tree, _profile: Profile | None) -> Iterator[Hit]:
    """The comparisons of a column with itself in capitals."""
    for node in tree.nodes(exp.EQ):
        if isinstance(node.expression, exp.Upper) and node.expression.this == node.this:
            yield Hit(tree.span(node.expression), "this keeps only what was shouted")
