"""What one row of a table is, as far as its keys tell."""

from __future__ import annotations

from sqlglot import exp

from checker.profile import Profile
from checker.scope import Scope
from checker.window import Window


def missing_owner(window: Window, scope: Scope, profile: Profile) -> str | None:
    """The column within which the order's first key counts, where the window's partition leaves it out.

    `turn_index` counts within a conversation: ordering a user's turns by it alone shuffles the
    conversations together.
    """
    first = window.order[0].unnest() if window.order else None
    if not isinstance(first, exp.Column) or not window.partition or scope.select.args.get("group") is not None:
        return None
    position = scope.resolve(first)
    table = profile.tables.get(position.table or "") if position is not None and position.column else None
    if table is None or position is None:
        return None
    owners = [key[:-1] for key in table.keys if len(key) > 1 and key[-1] == position.column]
    fields = [scope.resolve(e) if isinstance(e, exp.Column) else None for e in (*window.partition, *window.order)]
    known = {field.column for field in fields if field is not None and field.table == position.table}
    understood = all(field is not None and field.column is not None for field in fields)
    pinned = {name for _, name in scope.pinned}
    single = {key[0] for key in table.keys if len(key) == 1}
    if not owners or not understood or known & single:
        return None
    missing = [column for column in owners[0] if column not in known and column not in pinned]
    return missing[0] if missing else None
