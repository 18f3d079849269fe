"""A label given by ELSE to all that is left, in which the rows without a value are too.

**Why it bites.** `CASE WHEN risk = 'high' THEN 'high' ELSE 'low' END` calls every unlabelled turn low
risk: of three "low" turns one is low and two are unknown.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'high'), (2, NULL), (3, 'low')) AS t(turn_index, risk);

Fires:

    SELECT turn_index, CASE WHEN risk = 'high' THEN 'alarming' ELSE 'harmless' END AS label FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index,
        CASE WHEN risk IS NULL THEN 'unknown' WHEN risk = 'high' THEN 'alarming' ELSE 'harmless' END AS label
    FROM turns

Effect: differs

Allow it when a missing value belongs to the rest.

Source: SQL:2016, 6.12 case expression: an unknown condition is not true, so ELSE is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.literals import literal_text
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "NUL007"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE

_REST = {"", "other", "others", "unknown", "missing", "none", "null", "n/a", "na", "unlabelled", "unlabeled", "rest"}
_COMPARES = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between)


def check(tree: Tree) -> Iterator[Hit]:
    """The CASEs that sort the values of one nullable column into named classes, ELSE being one."""
    for node in tree.nodes(exp.Case):
        default = literal_text(node.args.get("default"))
        branches = node.args.get("ifs") or ()
        labels = [literal_text(branch.args.get("true")) for branch in branches]
        if default is None or default.lower() in _REST or None in labels:
            continue
        column = _column(node, [branch.this for branch in branches])
        field = tree.field(column) if column is not None else None
        if field is not None and field.nullable is True and not field.outer:
            yield Hit(
                tree.case(node), f"a {field.name} that is NULL is called '{default}' too: give NULL its own branch"
            )


def _column(node: exp.Case, conditions: list[exp.Expr]) -> exp.Column | None:
    """The one column that all branches compare."""
    if node.this is not None:
        return node.this if isinstance(node.this, exp.Column) else None
    if not all(isinstance(condition.unnest(), _COMPARES) for condition in conditions):
        return None
    columns = {column.sql(): column for condition in conditions for column in condition.find_all(exp.Column)}
    return next(iter(columns.values())) if len(columns) == 1 else None
