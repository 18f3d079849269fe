"""SELECT * from a stored table as the final result: its columns change with the table.

**Why it bites.** A new column of the log is suddenly in the report, and what reads it by position
breaks. In preview: for a look at the data a star is right.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 'low')) AS t(message_id, risk);

Fires:

    SELECT * FROM turns
    --     ^

Quiet:

    SELECT message_id, risk FROM turns

Effect: same (until the table gets another column)

Allow it when all columns are wanted, whichever they are.

Source: dbt and sqlfluff style guides.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "STY003"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The stars over stored tables in the outermost SELECT."""
    scope = tree.scope(tree.root)
    if scope is None or scope.select is not tree.root:
        return
    for projection in scope.select.expressions:
        if isinstance(projection, exp.Star) and any(source.base is not None for source in scope.sources.values()):
            yield Hit(tree.span(projection), "the result's columns change with the table: name them")
