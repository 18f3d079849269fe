"""A group by month or week number without its year.

**Why it bites.** January 2025 and January 2026 become one January. `date_trunc('month', ...)` keeps
them apart. In preview: within one year nothing is mixed, and a season may be meant.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2025-01-09 10:00:00+00'), (2, TIMESTAMPTZ '2026-01-09 10:00:00+00')
    ) AS t(turn_index, created_at);

Fires:

    SELECT count(*) AS turns FROM turns GROUP BY month(created_at)
    --                                           ^^^^^^^^^^^^^^^^^

Quiet:

    SELECT count(*) AS turns FROM turns GROUP BY year(created_at), month(created_at)

Effect: differs

Allow it when seasons are compared.

Source: ISO 8601: a week number needs its week-numbering year.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.grouping import group_expressions
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "TIM007"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
PREVIEW = True

_PARTS = (exp.Month, exp.Week, exp.WeekOfYear, exp.Quarter)
_NAMES = {"MONTH", "WEEK", "QUARTER", "WEEKOFYEAR"}
_YEARS = (exp.Year, exp.TimestampTrunc, exp.DateTrunc, exp.Cast)


def check(tree: Tree) -> Iterator[Hit]:
    """The months, weeks and quarters in a GROUP BY that has no year."""
    for group in tree.nodes(exp.Group):
        select = group.parent
        keys = group_expressions(select) if isinstance(select, exp.Select) else None
        parts = [key for key in keys or () if _is_part(key)]
        if keys is None or not parts or any(_has_year(key) for key in keys if key not in parts):
            continue
        yield Hit(tree.call(parts[0]), "months of different years fall together: group by date_trunc, or add the year")


def _is_part(key: exp.Expr) -> bool:
    return isinstance(key, _PARTS) or (isinstance(key, exp.Extract) and key.name.upper() in _NAMES)


def _has_year(key: exp.Expr) -> bool:
    return isinstance(key, _YEARS) or "year" in key.sql().lower()
