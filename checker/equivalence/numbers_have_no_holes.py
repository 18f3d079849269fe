"""Over numbers without holes, so many rows are so many values.

Proof: the window sorts by a number that the step before gave with ROW_NUMBER, over the same partition,
and reads that step alone and whole. So in each partition the numbers are 1, 2, 3, ...: the rows up to
n before the current one are those whose number is at most n less, and each number is a group of its own.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 5), ('c1', 4, 7), ('c1', 6, 1), ('c1', 7, 3), ('c2', 2, 9)
    ) AS t(conversation_id, turn_index, minutes);

Proves W07:
    SELECT n, sum(minutes) OVER (PARTITION BY conversation_id ORDER BY n
        RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING) AS before
    FROM (
        SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n FROM turns
    ) AS numbered
    SELECT n, sum(minutes) OVER (PARTITION BY conversation_id ORDER BY n
        ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS before
    FROM (
        SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n FROM turns
    ) AS numbered

Leaves W07:
    SELECT turn_index, sum(minutes) OVER (PARTITION BY conversation_id ORDER BY turn_index
        RANGE BETWEEN 2 PRECEDING AND 1 PRECEDING) AS before
    FROM turns
    SELECT turn_index, sum(minutes) OVER (PARTITION BY conversation_id ORDER BY turn_index
        ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS before
    FROM turns
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.tree import Tree
from checker.window import Window, resolve


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the frame is counted over such numbers, and only its unit was changed."""
    spec = mutant.edit.node
    if mutant.operator.id != "W07" or not isinstance(spec, exp.WindowSpec) or spec.args.get("exclude"):
        return False
    windows = [window for window in tree.windows if window.frame is spec]
    return bool(windows) and all(_numbered(tree, window) for window in windows)


def _numbered(tree: Tree, window: Window) -> bool:
    select = window.node.find_ancestor(exp.Select)
    if select is None or len(window.order) != 1 or any(select.args.get(c) for c in ("where", "joins", "group")):
        return False
    key = window.order[0].unnest()
    ascending = not (isinstance(key.parent, exp.Ordered) and key.parent.args.get("desc"))
    number = tree.lineage.origin(key)
    if (
        not ascending
        or key is number
        or not isinstance(number, exp.Window)
        or not isinstance(number.this, exp.RowNumber)
    ):
        return False
    step = number.find_ancestor(exp.Select)
    whole = step is not None and not any(step.args.get(c) for c in ("qualify", "limit", "distinct", "group"))
    return whole and _names(window) == _names(resolve(number)) and _directly(tree, select, step)


def _names(window: Window) -> list[str]:
    return sorted(key.name.lower() for key in window.partition if isinstance(key, exp.Column))


def _directly(tree: Tree, select: exp.Select, step: exp.Select | None) -> bool:
    """Whether the step with the numbers is all that this SELECT reads, with nothing in between."""
    start = select.args.get("from_")
    source = start.this if start is not None else None
    if isinstance(source, exp.Subquery):
        return source.this is step
    if not isinstance(source, exp.Table) or step is None or not isinstance(step.parent, exp.CTE):
        return False
    return source.name.lower() == step.parent.alias.lower()
