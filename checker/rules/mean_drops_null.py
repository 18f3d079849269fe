"""A mean, median or deviation of a column with NULLs, and nothing that says how many were missing.

**Why it bites.** Latency is missing where a clock failed, and clocks fail under load. The mean of
the rest looks better than the service was. Give n and the missing beside it. In preview: a reader
may know.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 10), (2, NULL), (3, 30)) AS t(turn_index, latency_ms);

Fires:

    SELECT median(latency_ms) AS middle FROM turns
    --     ^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT median(latency_ms) AS middle, count(*) - count(latency_ms) AS missing FROM turns

Effect: differs

Allow it when the missing ones are told elsewhere.

Source: SQL:2016, 10.9 aggregate function: NULLs are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "NUL015"
SEVERITY = Severity.INFO
NEEDS = Needs.PROFILE
PREVIEW = True

_MEANS = (exp.Avg, exp.Median, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop)


def check(tree: Tree) -> Iterator[Hit]:
    """The means of a column that the profile shows to hold NULLs, without a count of it beside them."""
    for node in tree.nodes(*_MEANS):
        field, scope = tree.field(node.this), tree.scope(node)
        if field is None or scope is None or field.nullable is not True or field.column is None:
            continue
        counted = {count.this.sql() for count in scope.select.find_all(exp.Count) if isinstance(count.this, exp.Column)}
        if node.this.sql() not in counted:
            yield Hit(tree.call(node), f"NULLs of {field.name} are left out: say beside it how many there are")
