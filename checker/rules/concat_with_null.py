"""`||` with a part that can be NULL: then the whole text is NULL.

**Why it bites.** A label of region and surface vanishes for the two in a hundred turns whose region
is missing, and a group by that label mixes them all. `concat` leaves a missing part out.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 'eu'), ('m2', NULL)) AS t(message_id, region);

Fires:

    SELECT message_id, message_id || '/' || region AS label FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, concat(message_id, '/', region) AS label FROM turns

Effect: differs

Allow it when the whole shall be NULL where a part is.

Source: DuckDB documentation, "Text Functions": `||` with NULL is NULL, concat skips NULL.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.literals import literal_text
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "NUL008"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The concatenations of texts in a result, with a part that the profile shows to hold NULLs."""
    for node in tree.nodes(exp.DPipe):
        holder = node.parent.parent if isinstance(node.parent, exp.Alias) else node.parent
        parts = list(_parts(node))
        if not isinstance(holder, exp.Select) or not any(literal_text(part) is not None for part in parts):
            continue
        missing = [field for field in map(tree.field, parts) if field is not None and field.nullable is True]
        if missing:
            texts = ", ".join(tree.text(part) for part in parts)
            message = f"the whole is NULL where {missing[0].name} is: concat leaves a missing part out"
            yield Hit(tree.span(node), message, REPAIR(Edit(tree.span(node), f"concat({texts})")))


def _parts(node: exp.Expr) -> Iterator[exp.Expr]:
    inner = node.unnest()
    if isinstance(inner, exp.DPipe):
        yield from _parts(inner.this)
        yield from _parts(inner.expression)
    else:
        yield inner
