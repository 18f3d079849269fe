"""A mean or sum of TRY_CAST, and nothing that counts what could not be cast.

**Why it bites.** Ratings are '5', '5.0' and 'N/A'. TRY_CAST makes NULL of what it cannot read, and
AVG leaves NULL out: of three ratings two are averaged, and nobody knows. Count the failures beside
it. In preview: the column may be known to be clean.

Setup:

    CREATE TABLE feedback AS SELECT * FROM (VALUES ('f1', '5'), ('f2', 'N/A'), ('f3', '3')) AS t(feedback_id, value);

Fires:

    SELECT sum(TRY_CAST(value AS INTEGER)) AS total FROM feedback
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT sum(TRY_CAST(value AS INTEGER)) AS total,
        count_if(value IS NOT NULL AND TRY_CAST(value AS INTEGER) IS NULL) AS unread
    FROM feedback

Effect: differs

Allow it when what cannot be read is counted elsewhere.

Source: DuckDB documentation, "Casting": TRY_CAST gives NULL.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "TYP001"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The aggregates of a TRY_CAST in a statement that never asks whether it failed."""
    for node in tree.nodes(exp.Avg, exp.Sum, exp.Median, exp.Max, exp.Min):
        if isinstance(node.this, exp.TryCast) and not _is_asked(tree):
            yield Hit(tree.call(node), "what TRY_CAST cannot read is left out: count the failures beside it")


def _is_asked(tree: Tree) -> bool:
    tested = [test.this for test in tree.nodes(exp.Is)] + [count.this for count in tree.nodes(exp.Count)]
    return any(isinstance(test, exp.Expr) and isinstance(tree.lineage.origin(test), exp.TryCast) for test in tested)
