"""A text with an offset cast to TIMESTAMP: the offset is dropped without a word.

**Why it bites.** `'2026-01-05 09:00:00+09:00'::TIMESTAMP` is nine o'clock, nine hours off. TIMESTAMPTZ
keeps the moment.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2026-01-05 01:00:00+00'), (2, TIMESTAMPTZ '2026-01-05 10:00:00+00')
    ) AS t(turn_index, created_at);

Fires:

    SELECT turn_index FROM turns WHERE created_at >= CAST('2026-01-05 09:00:00+09:00' AS TIMESTAMP)
    --                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index FROM turns WHERE created_at >= CAST('2026-01-05 09:00:00+09:00' AS TIMESTAMPTZ)

Effect: differs

Allow it never: take the offset out of the text, or keep it.

Source: DuckDB 2.0, cast of VARCHAR to TIMESTAMP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import Family, family, written
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "TIM008"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE

_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}\S*?\s?[+-](?!00(?::?00)?$)\d{2}(:?\d{2})?$")


def check(tree: Tree) -> Iterator[Hit]:
    """The literals with an offset other than zero that become a TIMESTAMP."""
    for node in tree.nodes(exp.Cast):
        if not isinstance(node.this, exp.Literal) or family(written(node.to)) is not Family.TIMESTAMP:
            continue
        if node.this.is_string and _OFFSET.match(node.this.name):
            moment = tree.text(node.this)
            fix = REPAIR(Edit(tree.cast(node), f"CAST({moment} AS TIMESTAMPTZ)"))
            yield Hit(tree.cast(node), "TIMESTAMP drops the offset: cast to TIMESTAMPTZ", fix)
