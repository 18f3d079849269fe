"""An ordinal label compared or maximised as text: 'high' comes before 'low' and 'medium'.

**Why it bites.** `max(risk)` of a conversation that went from low over medium to high is 'medium', and
`risk >= 'medium'` leaves out what is high. Compare a rank: a CASE, or the position in a list. The
data profile knows the levels and their order.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 'low'), ('c1', 'medium'), ('c1', 'high'))
    AS t(conversation_id, risk);

Fires:

    SELECT conversation_id, max(risk) AS worst FROM turns GROUP BY conversation_id
    --                      ^^^^^^^^^

Quiet:

    SELECT conversation_id, ['low', 'medium', 'high'][max(list_position(['low', 'medium', 'high'], risk))] AS worst
    FROM turns
    GROUP BY conversation_id

Effect: differs

Allow it when all the values are the same, and any will do: any_value says so.

Source: Stevens, On the Theory of Scales of Measurement; the levels in the data profile.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import Family, family
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "TYP006"
SEVERITY = Severity.ERROR
NEEDS = Needs.PROFILE

_MESSAGE = "{} is compared as text, and its levels do not sort so: compare their ranks"


def check(tree: Tree) -> Iterator[Hit]:
    """The extremes and ordered comparisons of an ordinal column whose levels do not sort as text."""
    for call in tree.nodes(exp.Max, exp.Min, exp.Greatest, exp.Least):
        name = _ordinal(tree, call.this) if isinstance(call.this, exp.Expr) else None
        if name is not None:
            yield Hit(tree.call(call), _MESSAGE.format(name))
    for node in tree.nodes(exp.GT, exp.GTE, exp.LT, exp.LTE):
        name = _ordinal(tree, node.this) or _ordinal(tree, node.expression)
        if name is not None:
            yield Hit(tree.comparison(node), _MESSAGE.format(name))


def _ordinal(tree: Tree, value: exp.Expr) -> str | None:
    """The name of an ordinal text column with known levels that text order would mix up."""
    field = tree.field(value)
    if field is None or not field.ordinal or field.column is None or family(field.type) is not Family.TEXT:
        return None
    table = tree.profile.tables.get(field.table or "")
    column = table.columns.get(field.column) if table is not None else None
    levels = list(column.values) if column is not None else []
    return field.name if levels and levels not in (sorted(levels), sorted(levels, reverse=True)) else None
