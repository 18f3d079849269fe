"""Numbers compared as text: '10' comes before '9'.

**Why it bites.** `->>` gives text, and ratings are logged as text. `value > '9'` compares the first
character, so 10 and 100 are smaller.

Setup:

    CREATE TABLE feedback AS SELECT * FROM (VALUES ('f1', '10'), ('f2', '9'), ('f3', '8')) AS t(feedback_id, value);

Fires:

    SELECT feedback_id FROM feedback WHERE value > '8'
    --                                     ^^^^^^^^^^^

Quiet:

    SELECT feedback_id FROM feedback WHERE CAST(value AS DOUBLE) > 8

Effect: differs

Allow it when all values have the same number of digits.

Source: SQL:2016, 8.2 comparison predicate: text is compared by its collation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import Family
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "TYP002"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?$")
_YEAR = re.compile(r"(19|20)\d\d$")


def check(tree: Tree) -> Iterator[Hit]:
    """The ordered comparisons of a text with a number in quotes, years aside."""
    for node in tree.nodes(exp.GT, exp.GTE, exp.LT, exp.LTE):
        for value, other in ((node.this, node.expression), (node.expression, node.this)):
            text = other.name if isinstance(other, exp.Literal) and other.is_string else ""
            if not _NUMBER.match(text) or _YEAR.match(text) or isinstance(value, exp.Literal):
                continue
            if tree.family(value) is Family.TEXT:
                written = tree.text(value)
                edits = (Edit(tree.span(value), f"CAST({written} AS DOUBLE)"), Edit(tree.span(other), text))
                fix = REPAIR(*edits) if isinstance(value, exp.Column) else None
                yield Hit(tree.comparison(node), "as text '10' comes before '9': cast to a number, then compare", fix)
