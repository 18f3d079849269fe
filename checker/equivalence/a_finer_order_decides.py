"""Two columns that rise together sort alike.

Proof: the data dictionary says so. `ingest_seq` numbers the deliveries in order of `ingested_at` and
breaks its ties, so sorting by both, in one direction, is sorting by `ingest_seq` alone. In a
conversation each user turn opens an exchange, so among user turns `exchange_index` rises strictly
with `turn_index`, and whoever reads only the order cannot tell them apart.

Setup:
    CREATE TABLE message_events (event_id VARCHAR, ingested_at INTEGER, ingest_seq INTEGER, status INTEGER);
    INSERT INTO message_events VALUES ('e1', 5, 1, 9), ('e1', 5, 2, 3), ('e2', 7, 3, 1), ('e1', 8, 4, 5);

Proves W05:
    SELECT status, row_number() OVER (PARTITION BY event_id ORDER BY ingested_at, ingest_seq) AS n
    FROM message_events
    SELECT status, row_number() OVER (PARTITION BY event_id ORDER BY ingest_seq) AS n
    FROM message_events

Leaves W05:
    SELECT status, row_number() OVER (PARTITION BY event_id ORDER BY status, ingest_seq) AS n
    FROM message_events
    SELECT status, row_number() OVER (PARTITION BY event_id ORDER BY ingest_seq) AS n
    FROM message_events

Source: generator/tables/message_events.toml and turns.toml; a test holds the worlds to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from checker.mutant import Mutant
from checker.presence import filters
from checker.tree import Tree

_COARSE, _FINE = "ingested_at", "ingest_seq"
_ALIKE = {("turn_index", "exchange_index"), ("exchange_index", "turn_index")}


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the edit exchanges one of two such columns for the other."""
    if mutant.operator.id == "W05":
        return _arrival(tree, mutant)
    node = mutant.edit.node
    if mutant.operator.id != "S01" or not isinstance(node, exp.Column):
        return False
    other = mutant.edit.replacement.unalias()
    alike = (node.name.lower(), other.name.lower()) in _ALIKE
    return alike and _user_turns(tree, node) and _only_sorts(tree, node)


def _arrival(tree: Tree, mutant: Mutant) -> bool:
    dropped, order = mutant.edit.place, mutant.edit.node
    if not isinstance(dropped, exp.Ordered) or not isinstance(order, exp.Order):
        return False
    keys = order.expressions
    position = next(number for number, key in enumerate(keys) if key is dropped)
    after = keys[position + 1] if position + 1 < len(keys) else None
    same_way = after is not None and bool(after.args.get("desc")) == bool(dropped.args.get("desc"))
    return same_way and after is not None and _is(tree, dropped.this, _COARSE) and _is(tree, after.this, _FINE)


def _is(tree: Tree, column: exp.Expr, name: str) -> bool:
    found = tree.field(column)
    return found is not None and found.column == name


def _user_turns(tree: Tree, column: exp.Column) -> bool:
    """Whether only user turns are in reach where the column is read."""
    select = column.find_ancestor(exp.Select)
    found = tree.field(column)
    if select is None or found is None or found.table != "turns":
        return False
    asked = {test.unnest().sql().lower().replace("turns.", "") for test in filters(select)}
    return "role = 'user'" in asked


def _only_sorts(tree: Tree, column: exp.Column) -> bool:
    """Whether the column, or what it is given as, is a sort key and nothing else; conversations are kept apart."""
    select = column.find_ancestor(exp.Select)
    given = column.parent is select and column.arg_key == "expressions"
    readers = [column]
    if given:
        readers = [
            c for c in tree.nodes(exp.Column) if c.name == column.name and c.find_ancestor(exp.Select) is not select
        ]
    return bool(readers) and all(_sorts_a_conversation(tree, reader) for reader in readers)


def _sorts_a_conversation(tree: Tree, column: exp.Column) -> bool:
    """Whether it sorts a window within a conversation, or what an aggregate sees of one."""
    place = column.find_ancestor(exp.Ordered, exp.ArgMin, exp.ArgMax, exp.Window, exp.Select)
    if isinstance(place, exp.ArgMin | exp.ArgMax):
        sorts = column is place.expression
    else:
        sorts = isinstance(place, exp.Ordered) and column is place.this
    window = place.find_ancestor(exp.Window, exp.Select) if place is not None else None
    if isinstance(window, exp.Window):
        own = window.args.get("partition_by") or ()
        keys: Sequence[exp.Expr] = next((known.partition for known in tree.windows if known.node is window), own)
    else:
        within = place.find_ancestor(exp.AggFunc, exp.Select) if isinstance(place, exp.Ordered) else place
        group = window.args.get("group") if window is not None and isinstance(within, exp.AggFunc) else None
        keys = group.expressions if group is not None else ()
    return sorts and any(key.name.lower() == "conversation_id" for key in keys)
