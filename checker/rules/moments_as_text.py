"""Moments compared or ordered as text whose order is not that of time.

**Why it bites.** As text '09/01/2026' comes before '10/12/2025', and '2026-1-9' after '2026-01-10'.
Compare timestamps, and make text of them last.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2025-12-10 10:00:00+00'), (2, TIMESTAMPTZ '2026-01-09 10:00:00+00')
    ) AS t(turn_index, created_at);

Fires:

    SELECT max(strftime(created_at, '%d/%m/%Y')) AS last_day FROM turns
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT strftime(max(created_at), '%d/%m/%Y') AS last_day FROM turns

Effect: differs

Allow it never: where the text must be sorted, write the year first, then month and day with zeros.

Source: ISO 8601: text sorts as time only from the largest unit to the smallest, padded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import MOMENTS, Family
from checker.literals import literal_text
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "TIM004"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE

_ORDER = {"Y": 0, "m": 1, "d": 2, "H": 3, "M": 4, "S": 5, "f": 6, "g": 6, "n": 6, "F": 2, "T": 5}
_UNPADDED = re.compile(r"\d{4}-(\d-\d{1,2}|\d{1,2}-\d)(?!\d)")


def check(tree: Tree) -> Iterator[Hit]:
    """The extremes and ordered comparisons of such texts."""
    for call in tree.nodes(exp.Min, exp.Max):
        if isinstance(call.this, exp.Expr) and _misordered(tree, call.this):
            yield Hit(tree.call(call), "as text the order is not that of time: compare the moments, then format")
    for node in tree.nodes(exp.GT, exp.GTE, exp.LT, exp.LTE):
        if _misordered(tree, node.this) or _misordered(tree, node.expression) or _is_unpadded(tree, node):
            yield Hit(tree.comparison(node), "as text the order is not that of time: compare the moments")


def _misordered(tree: Tree, value: exp.Expr) -> bool:
    if not tree.nodes(exp.TimeToStr):
        return False
    inner = tree.lineage.origin(value)
    if not isinstance(inner, exp.TimeToStr):
        return False
    pattern = literal_text(inner.args.get("format"))
    if pattern is None or tree.family(inner.this) not in (*MOMENTS, Family.DATE):
        return False
    units = re.findall(r"%(-?\w)", pattern)
    ranks = [_ORDER.get(unit) for unit in units]
    known = [rank for rank in ranks if rank is not None]
    return bool(units) and (len(known) < len(ranks) or known != sorted(known))


def _is_unpadded(tree: Tree, node: exp.Binary) -> bool:
    for value, other in ((node.this, node.expression), (node.expression, node.this)):
        text = literal_text(value) if isinstance(value, exp.Literal) else None
        if text is not None and _UNPADDED.match(text) and tree.family(other) is Family.TEXT:
            return True
    return False
