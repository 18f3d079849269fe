"""Leaving the current row out of a frame that it is not in changes nothing.

Proof: a frame that ends some rows, groups or values before the current row, or begins some after it,
does not hold it; EXCLUDE CURRENT ROW takes it away, and it is not there.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 10), (2, 10), (3, 30)) AS t(turn_index, minute);

Proves W09:
    SELECT turn_index, max(minute) OVER (ORDER BY turn_index
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM turns
    SELECT turn_index, max(minute) OVER (ORDER BY turn_index
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING EXCLUDE CURRENT ROW) AS before
    FROM turns

Proves W09:
    SELECT turn_index, count(*) OVER (ORDER BY minute RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS later
    FROM turns
    SELECT turn_index, count(*) OVER (ORDER BY minute
        RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS later
    FROM turns

Leaves W09:
    SELECT turn_index, count(*) OVER (ORDER BY turn_index ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM turns
    SELECT turn_index, count(*) OVER (ORDER BY turn_index
        ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS n
    FROM turns
"""

from __future__ import annotations

import re

from sqlglot import exp

from checker.mutant import Mutant
from checker.tree import Tree


def holds(_tree: Tree, mutant: Mutant) -> bool:
    """Whether the frame lies wholly before the current row, or wholly after it."""
    spec = mutant.edit.node
    if mutant.operator.id != "W09" or not isinstance(spec, exp.WindowSpec):
        return False
    twin = mutant.edit.replacement
    excluded = {str(each.args.get("exclude") or "").upper() for each in (spec, twin)}
    return excluded == {"", "CURRENT ROW"} and (_lies(spec, "end", "PRECEDING") or _lies(spec, "start", "FOLLOWING"))


def _lies(spec: exp.WindowSpec, bound: str, side: str) -> bool:
    """Whether a bound lies at a distance, greater than nothing, on this side."""
    distance = spec.args.get(bound)
    number = distance.this if isinstance(distance, exp.Interval) else distance
    above = isinstance(number, exp.Literal) and re.fullmatch(r"[1-9]\d*", number.name) is not None
    return above and str(spec.args.get(f"{bound}_side")).upper() == side
