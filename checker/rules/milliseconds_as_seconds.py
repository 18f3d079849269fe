"""to_timestamp of milliseconds: it counts seconds, and the year is 57971.

**Why it bites.** Version 2 of the API sends milliseconds. Read as seconds no row is within the
report's dates, and the report is empty.

Setup:

    CREATE TABLE events AS SELECT * FROM (VALUES (1, 1767607200000)) AS t(id, sent_at_ms);

Fires:

    SELECT id, year(to_timestamp(sent_at_ms)) AS year FROM events
    --              ^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT id, year(to_timestamp(sent_at_ms / 1000)) AS year FROM events

Effect: differs

Allow it when the name is wrong and the column holds seconds.

Source: DuckDB documentation, "Timestamp Functions": to_timestamp takes seconds, epoch_ms milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.literals import literal_number
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "TIM010"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The calls with a column in milliseconds, by its name or its unit, or a literal beyond the year 5000."""
    for node in tree.nodes(exp.UnixToTime):
        if node.args.get("scale") is not None or not _is_milliseconds(tree, node.this.unnest()):
            continue
        end = tree.span(node.this).end
        message = "to_timestamp counts seconds and this is milliseconds: divide by 1000"
        yield Hit(tree.call(node), message, REPAIR(Edit(Span(end, end), " / 1000")))


def _is_milliseconds(tree: Tree, value: exp.Expr) -> bool:
    number = literal_number(value)
    if number is not None:
        return number > 1e11
    field = tree.field(value)
    if field is None or field.column is None:
        return isinstance(value, exp.Column) and value.name.lower().endswith("_ms")
    table = tree.profile.tables.get(field.table or "")
    unit = table.columns[field.column].unit if table is not None and field.column in table.columns else ""
    return unit == "ms" or (not unit and field.column.endswith("_ms"))
