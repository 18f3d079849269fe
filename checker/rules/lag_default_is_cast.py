"""LAG's default is cast to the type of its column: 0.5 beside an integer becomes 1 or 0.

**Why it bites.** The default stands for the first turn. Beside `output_tokens`, which are whole
numbers, a default of 0.5 is rounded without a word.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1, 10), ('c1', 2, 20))
    AS t(conversation_id, turn_index, output_tokens);

Fires:

    SELECT turn_index, lag(output_tokens, 1, 0.5) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    FROM turns

Quiet:

    SELECT turn_index,
        lag(CAST(output_tokens AS DOUBLE), 1, 0.5) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    FROM turns

Effect: differs

Allow it never: write the rounded default, or cast the column.

Source: DuckDB 2.0, lag: the default is cast to the type of the expression.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import Family
from checker.literals import literal_number
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "WIN014"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The fractions as defaults for a column of whole numbers."""
    for window in tree.windows:
        function = window.function
        default = literal_number(function.args.get("default")) if isinstance(function, exp.Lag | exp.Lead) else None
        if default is None or default.is_integer() or tree.family(function.this) is not Family.INTEGER:
            continue
        column = tree.text(function.this)
        yield Hit(
            tree.call_over(window.node),
            f"the default {default:g} is rounded to a whole number, as {column} is one: cast the column",
            REPAIR(Edit(tree.span(function.this), f"CAST({column} AS DOUBLE)")),
        )
