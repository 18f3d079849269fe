"""A CTE that nothing reads.

**Why it bites.** It looks like a step of the report and is none. Often the step was forgotten: a filter
was written, and the query reads what was before it.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 'low'), ('c2', NULL)) AS t(conversation_id, risk);

Fires:

    WITH labelled AS (SELECT conversation_id FROM turns WHERE risk IS NOT NULL)
    --   ^^^^^^^^
    SELECT count(*) AS turns FROM turns

Quiet:

    WITH labelled AS (SELECT conversation_id FROM turns WHERE risk IS NOT NULL)
    SELECT count(*) AS turns FROM labelled

Effect: differs

Allow it while a query is being written.

Source: sqlfluff ST03.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "AUD002"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The CTEs whose name no FROM or JOIN holds."""
    if not tree.nodes(exp.CTE):
        return
    read = {table.name.lower() for table in tree.nodes(exp.Table) if not table.db}
    read |= {column.name.lower() for column in tree.nodes(exp.Column)}
    for cte in tree.nodes(exp.CTE):
        alias = cte.args.get("alias")
        modifies = not isinstance(cte.this, exp.Query)
        if isinstance(alias, exp.TableAlias) and cte.alias.lower() not in read and not modifies:
            yield Hit(tree.span(alias.this), f"nothing reads {cte.alias}: was a step forgotten?")
