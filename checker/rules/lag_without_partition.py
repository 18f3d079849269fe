"""LAG or LEAD without PARTITION BY over rows of many conversations, users or targets.

**Why it bites.** The first turn of the second conversation "follows" the last turn of the first
one: an escalation from low to high is found that no person ever made. The data profile tells
which tables hold the rows of many entities; one row per order key, such as a count per day, is
quiet.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'low'), ('c1', 2, 'medium'), ('c2', 1, 'high')
    ) AS t(conversation_id, turn_index, risk);

Fires:

    SELECT conversation_id, turn_index, lag(risk) OVER (ORDER BY conversation_id, turn_index) AS before FROM turns
    --                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT conversation_id, turn_index, lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    FROM turns

Effect: differs

Allow it when the neighbour in the whole log is meant, whoever wrote it.

Source: DuckDB documentation, "Window Functions": without PARTITION BY all rows are one partition.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.profile import Profile
from checker.rule import Hit, Needs
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Edit, Fix, Proof, Severity, Span
from checker.window import Window

ID = "WIN004"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PROOF = Proof.REPAIR


def check(tree: Tree) -> Iterator[Hit]:
    """The calls over all rows of a table that the profile shows to hold many entities."""
    for window in tree.windows:
        if not isinstance(window.function, exp.Lag | exp.Lead) or window.partition or not window.order:
            continue
        scope = tree.lineage.scope(window.node)
        if scope is None:
            continue
        entity = _entity(window, scope, tree.profile) or _of_a_step(window, scope)
        entity = entity or _of_the_reader(tree, window)
        if entity is not None and not _compares_entity(scope, entity):
            yield Hit(
                tree.call_over(window.node),
                f"no PARTITION BY: the first row of one {entity} follows the last row of another",
                probe=_divided(tree, window, entity),
            )


def _divided(tree: Tree, window: Window, entity: str) -> Fix | None:
    """The same call within each owner, where it has brackets of its own."""
    order = tree.window_clause(window.node, "ORDER")
    edit = Edit(Span(order.start, order.start), f"PARTITION BY {entity} ") if order is not None else None
    return Fix((edit,), safe=False) if edit is not None else None


def _entity(window: Window, scope: Scope, profile: Profile) -> str | None:
    """The column that says whose row it is, where rows of several owners stand in one order."""
    if scope.select.args.get("group") is not None or len(scope.sources) != 1:
        return None
    fields = [scope.resolve(column) for order in window.order for column in order.find_all(exp.Column)]
    tables = {field.table for field in fields if field is not None and field.column is not None}
    if not fields or None in fields or len(tables) != 1:
        return None
    table = profile.tables.get(next(iter(tables)) or "")
    ordered = {field.column for field in fields if field is not None}
    owners = sorted(table.entities()) if table is not None else []
    pinned = {name for _, name in scope.pinned}
    if table is None or not owners or pinned & set(owners):
        return None
    leading = [owner for owner in owners if owner in ordered and len(ordered) > 1]
    if leading:
        return leading[0]
    # A tiebreaker makes the order unique and leaves the owners mixed, so the first key alone counts.
    return None if scope.unique(window.order[:1]) is not False else _grain(table.keys, owners)


def _of_a_step(window: Window, scope: Scope) -> str | None:
    """The owner that stands beside the order's first key in what makes the rows of a step unique."""
    first = window.order[0].unnest()
    if len(scope.sources) != 1 or not isinstance(first, exp.Column) or scope.select.args.get("group") is not None:
        return None
    ((alias, source),) = scope.sources.items()
    ordered = {column.name.lower() for order in window.order for column in order.find_all(exp.Column)}
    for key in source.keys if source.base is None else ():
        for name in sorted(key - ordered if first.name.lower() in key else ()):
            found = source.find(name)
            if found is not None and found.column is not None and (alias, name) not in scope.pinned:
                return name
    return None


def _of_the_reader(tree: Tree, window: Window) -> str | None:
    """The partition of a window that reads this one's column in the same order."""
    for other in tree.windows:
        if not other.partition or not other.order or other.order[0] != window.order[0]:
            continue
        if any(tree.lineage.origin(column) is window.node for column in other.node.this.find_all(exp.Column)):
            return other.partition[0].sql(dialect="duckdb")
    return None


def _grain(keys: tuple[tuple[str, ...], ...], owners: list[str]) -> str:
    return next((key[0] for key in keys if len(key) > 1), owners[0])


def _compares_entity(scope: Scope, entity: str) -> bool:
    """A query that looks at the neighbour's owner too has its own guard."""
    return any(
        isinstance(call.this, exp.Column) and call.this.name.lower() == entity
        for call in scope.select.find_all(exp.Lag, exp.Lead)
    )
