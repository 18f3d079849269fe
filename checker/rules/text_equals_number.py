"""A text column compared with a number: every text is cast, so '05' equals 5, and 'N/A' stops the query.

**Why it bites.** `value = 5` finds '5' and '05', and fails on the first 'N/A'. Compare text with text,
or cast on purpose.

Setup:

    CREATE TABLE feedback AS SELECT * FROM (VALUES ('f1', '5'), ('f2', '05')) AS t(feedback_id, value);

Fires:

    SELECT feedback_id FROM feedback WHERE value = 5
    --                                     ^^^^^^^^^

Quiet:

    SELECT feedback_id FROM feedback WHERE value = '5'

Effect: differs

Allow it never: write the cast.

Source: DuckDB documentation, "Casting": implicit casts; EXPLAIN shows them.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import NUMBERS, Family
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "TYP004"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The equations of a stored text with a number."""
    for node in tree.nodes(exp.EQ, exp.NEQ):
        for value, other in ((node.this, node.expression), (node.expression, node.this)):
            field = tree.field(value)
            if field is None or field.column is None or tree.family(value) is not Family.TEXT:
                continue
            if tree.family(other) in NUMBERS:
                literal = isinstance(other, exp.Literal)
                fix = REPAIR(Edit(tree.span(other), f"'{other.name}'")) if literal else None
                message = f"{field.name} is text and is cast to a number: '05' equals 5, and a word stops the query"
                yield Hit(tree.comparison(node), message, fix)
