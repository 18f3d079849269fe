"""A threshold that is written several times.

**Why it bites.** Half an hour stands in three places, and one of them is changed. A CTE with one row of
parameters names it once. In preview: for those who review so.

Setup:

    CREATE TABLE classifier_scores AS SELECT * FROM (VALUES ('m1', 0.85), ('m2', 0.5)) AS t(message_id, score);

Fires:

    SELECT count_if(score >= 0.85) AS flagged, count_if(score < 0.85) AS clean FROM classifier_scores
    --                       ^^^^

Quiet:

    WITH parameters AS (SELECT 0.85 AS threshold)
    SELECT count_if(score >= threshold) AS flagged, count_if(score < threshold) AS clean
    FROM classifier_scores, parameters

Effect: same (until one of them is changed)

Allow it when the numbers are equal by accident.

Source: the reviews of this domain: thresholds are named.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "AUD003"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
PREVIEW = True

_COMPARES = (exp.GT, exp.GTE, exp.LT, exp.LTE)
_PLAIN = {"0", "1", "2", "100"}


def check(tree: Tree) -> Iterator[Hit]:
    """The first place of each number that several ordered comparisons hold."""
    places: dict[str, list[exp.Expr]] = {}
    for node in tree.nodes(*_COMPARES):
        for side in (node.this, node.expression):
            literal = side.this if isinstance(side, exp.Interval) else side
            if isinstance(literal, exp.Literal) and literal.name not in _PLAIN and not isinstance(side, exp.Column):
                places.setdefault(side.sql(), []).append(literal)
    for value, literals in places.items():
        if len(literals) > 1 and all("start" in literal.meta for literal in literals):
            first = min(literals, key=lambda literal: int(literal.meta["start"]))
            yield Hit(tree.span(first), f"{value} is compared with in {len(literals)} places: name it once")
