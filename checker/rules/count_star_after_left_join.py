"""COUNT(*) after a LEFT JOIN: what has no partner counts 1, not 0.

**Why it bites.** A user without feedback has one row after the join, with NULLs in it, and "one
feedback" in the report. Count a column of the joined table. With the data profile the rule speaks
only where each group is one row of the left table.

Setup:

    CREATE TABLE conversations AS SELECT * FROM (VALUES ('c1'), ('c2')) AS t(conversation_id);
    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1), ('c1', 2)) AS t(conversation_id, turn_index);

Fires:

    SELECT c.conversation_id, count(*) AS turns
    --                        ^^^^^^^^
    FROM conversations AS c LEFT JOIN turns AS t ON t.conversation_id = c.conversation_id
    GROUP BY c.conversation_id

Quiet:

    SELECT c.conversation_id, count(t.conversation_id) AS turns
    FROM conversations AS c LEFT JOIN turns AS t ON t.conversation_id = c.conversation_id
    GROUP BY c.conversation_id

Effect: differs

Allow it when rows of the result are counted, matched or not.

Source: SQL:2016, 10.9 aggregate function: COUNT(*) counts rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.grouping import group_expressions
from checker.joins import joins
from checker.rule import Hit, Needs, Repair
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "JOI002"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The counts of all rows, grouped by one row of the left side of a LEFT JOIN to many."""
    for node in tree.nodes(exp.Count):
        scope = tree.scope(node)
        counts_all = node.this is None or isinstance(node.this, exp.Star)
        if scope is None or not counts_all or isinstance(node.parent, exp.Filter | exp.Window):
            continue
        partner = _partner(scope) if scope.select.args.get("group") is not None else None
        if partner is not None:
            column = _joined_column(scope, partner)
            edit = Edit(tree.call(node), f"count({partner}.{column})") if column is not None else None
            message = f"a row without a partner in {partner} counts 1: count a column of {partner}"
            yield Hit(tree.call(node), message, REPAIR(edit) if edit is not None else None)


def _partner(scope: Scope) -> str | None:
    """The one source that a LEFT JOIN adds many rows of to each group's one row."""
    outer = [alias for alias, source in scope.sources.items() if source.outer]
    groups = group_expressions(scope.select) or []
    places = {scope.place(key) if isinstance(key, exp.Column) else None for key in groups}
    known = {place for place in places if place is not None}
    if len(outer) != 1 or not groups or None in places or any(place[0] == outer[0] for place in known):
        return None
    if any(join.side.upper() not in ("", "LEFT") for _, join in joins(scope.select)):
        return None
    if any(place[0] == outer[0] for place in scope.not_null) or not scope.sources[outer[0]].keys_known:
        return None
    return outer[0] if scope.closure(known) == set(scope.sources) - {outer[0]} else None


def _joined_column(scope: Scope, alias: str) -> str | None:
    columns = sorted(name for _, (other, name) in scope.implied if other == alias)
    return columns[0] if columns else None
