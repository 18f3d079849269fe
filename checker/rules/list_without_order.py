"""A list or text put together without ORDER BY: its order is left to chance.

**Why it bites.** The path of a conversation, `string_agg(dialogue_act, '>')`, reads ask>thanks today and
thanks>ask tomorrow. An order inside the brackets settles it. Lists of which only the length or the members are
asked are quiet.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 2, 'follow_up'), ('c1', 1, 'ask'))
    AS t(conversation_id, turn_index, dialogue_act);

Fires:

    SELECT conversation_id, string_agg(dialogue_act, '>') AS path FROM turns GROUP BY conversation_id
    --                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT conversation_id, string_agg(dialogue_act, '>' ORDER BY turn_index) AS path
    FROM turns
    GROUP BY conversation_id

Effect: differs

Allow it when a reader does not look at the order.

Source: DuckDB documentation, "Aggregate Functions": order-sensitive aggregates.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "AGG007"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE

_TRANSPARENT = (exp.Alias, exp.Paren, exp.Cast, exp.Filter, exp.Coalesce)
_SENSITIVE = (exp.ArrayToString, exp.Bracket)


def check(tree: Tree) -> Iterator[Hit]:
    """The unordered lists and texts that are shown, or of which a position is asked."""
    positions = [use for use in tree.nodes(*_SENSITIVE) if isinstance(use.this, exp.Column)]
    asked = {id(tree.lineage.origin(use.this, _TRANSPARENT)) for use in positions}
    for node in tree.nodes(exp.ArrayAgg, exp.GroupConcat):
        if node.find(exp.Order) is not None or isinstance(node.parent, exp.Window | exp.WithinGroup):
            continue
        holder = node.parent
        while isinstance(holder, _TRANSPARENT):
            holder = holder.parent
        shown = holder is tree.root and isinstance(holder, exp.Select) and not _is_ordered_below(holder)
        if shown or isinstance(holder, _SENSITIVE) or id(node) in asked:
            end = tree.call(node).end - 1
            value = node.this.expressions[0] if isinstance(node.this, exp.Distinct) else node.this
            fix = REPAIR(Edit(Span(end, end), f" ORDER BY {tree.text(value)}"))
            yield Hit(
                tree.call(node), "the order of its parts is left to chance: write ORDER BY inside the brackets", fix
            )


def _is_ordered_below(select: exp.Select) -> bool:
    return any(order.find_ancestor(exp.Select, exp.SetOperation) is not select for order in select.find_all(exp.Order))
