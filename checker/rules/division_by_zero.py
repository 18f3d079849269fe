"""A division by a count that can be zero: DuckDB gives NULL, inf or nan by type, other engines stop.

**Why it bites.** One conversation without a labelled turn and a rate is nan; the mean over all
conversations is then nan too. NULLIF says that there is no rate.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 10, 0), ('c2', 20, 2))
    AS t(conversation_id, input_tokens, output_tokens);

Fires:

    SELECT conversation_id, sum(input_tokens) / count_if(output_tokens > 0) AS per_answer
    --                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
    FROM turns GROUP BY conversation_id

Quiet:

    SELECT conversation_id, sum(input_tokens) / nullif(count_if(output_tokens > 0), 0) AS per_answer
    FROM turns
    GROUP BY conversation_id

Effect: differs

Allow it when the count is never zero.

Source: DuckDB documentation, "Numeric Functions": division by zero; SQL:2016, 6.29: an exception.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "AGG004"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The divisions by a count of what fulfils a condition."""
    for node in tree.nodes(exp.Div):
        count = node.expression.unnest()
        if isinstance(count, exp.CountIf) or (isinstance(count, exp.Filter) and isinstance(count.this, exp.Count)):
            span = tree.call(count) if isinstance(count, exp.CountIf) else tree.filtered(count)
            text = tree.source.text[span.start : span.end]
            message = "this count can be 0: nullif(..., 0) gives NULL where there is no rate"
            yield Hit(span, message, REPAIR(Edit(span, f"nullif({text}, 0)")))
