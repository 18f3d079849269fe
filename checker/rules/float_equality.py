"""A computed number compared with a fraction by `=`: the last bits differ.

**Why it bites.** The mean of 0.1, 0.1 and 0.1 is 0.10000000000000002. Compare with a tolerance, or
round first.

Setup:

    CREATE TABLE classifier_scores AS SELECT * FROM (VALUES
        ('m1', 0.1::DOUBLE), ('m1', 0.1::DOUBLE), ('m1', 0.1::DOUBLE)
    ) AS t(message_id, score);

Fires:

    SELECT message_id FROM classifier_scores GROUP BY message_id HAVING avg(score) = 0.1
    --                                                                  ^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id FROM classifier_scores GROUP BY message_id HAVING abs(avg(score) - 0.1) < 1e-9

Effect: differs

Allow it when the value was assigned, not computed.

Source: IEEE 754: 0.1 has no exact binary form.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.literals import literal_number
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "AGG009"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE

_COMPUTED = (exp.Avg, exp.Div, exp.Stddev, exp.StddevPop, exp.Variance, exp.Sqrt)
_LARGEST = 1 << 20


def check(tree: Tree) -> Iterator[Hit]:
    """The equations of a mean, a quotient or a deviation with a fraction that has no exact binary form."""
    for node in tree.nodes(exp.EQ, exp.NEQ):
        value = literal_number(node.expression)
        if value is None or value.as_integer_ratio()[1] <= _LARGEST:
            continue
        if isinstance(tree.lineage.origin(node.this, (exp.Cast,)), _COMPUTED):
            left, right = tree.text(node.this), tree.text(node.expression)
            sign = "<" if isinstance(node, exp.EQ) else ">="
            fix = REPAIR(Edit(tree.comparison(node), f"abs({left} - {right}) {sign} 1e-9"))
            yield Hit(tree.comparison(node), "a computed number is hardly ever exactly this: allow a tolerance", fix)
