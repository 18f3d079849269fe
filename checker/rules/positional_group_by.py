"""GROUP BY 1, 2: a column that is put before the others changes the groups.

**Why it bites.** The positions count columns of the result, and whoever reorders those for a report
regroups it. In preview: for short queries many prefer positions.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 'low'), ('c1', 'high')) AS t(conversation_id, risk);

Fires:

    SELECT conversation_id, count(*) AS turns FROM turns GROUP BY 1
    --                                                            ^

Quiet:

    SELECT conversation_id, count(*) AS turns FROM turns GROUP BY conversation_id

Effect: same (until the columns are reordered)

Allow it in a query that is thrown away.

Source: sqlfluff AM06; DuckDB's GROUP BY ALL says what is meant without positions.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "STY004"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
PREVIEW = True
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The numbers in a GROUP BY."""
    for group in tree.nodes(exp.Group):
        select = group.parent
        if not isinstance(select, exp.Select):
            continue
        for key in group.expressions:
            if isinstance(key, exp.Literal) and key.is_int and 0 < int(key.name) <= len(select.expressions):
                named = select.expressions[int(key.name) - 1]
                fix = REPAIR(Edit(tree.span(key), tree.text(named.unalias())))
                yield Hit(tree.span(key), f"this is the column {named.alias_or_name or key.name}: name it", fix)
