"""A recursive CTE by UNION ALL with nothing that ends it.

**Why it bites.** It runs until memory is full, or a number overflows. A condition in the recursive part
ends it; UNION without ALL ends it where rows repeat, as in a circle of replies.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 1)) AS t(message_id, turn_index);

Fires:

    WITH RECURSIVE doubled AS (
    --             ^^^^^^^
        SELECT 1::TINYINT AS number UNION ALL SELECT (number * 2)::TINYINT FROM doubled
    )
    SELECT max(number) AS largest FROM doubled

Quiet:

    WITH RECURSIVE doubled AS (
        SELECT 1::TINYINT AS number UNION ALL SELECT (number * 2)::TINYINT FROM doubled WHERE number < 60
    )
    SELECT max(number) AS largest FROM doubled

Effect: error

Allow it when a LIMIT around it ends it.

Source: SQL:2016, 7.17 query expression, recursion.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "AUD004"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The recursive parts that read themselves alone, without a condition, in a statement without a LIMIT."""
    if any(tree.nodes(exp.Limit)):
        return
    for cte in tree.nodes(exp.CTE):
        union, alias = cte.this, cte.args.get("alias")
        if not isinstance(union, exp.Union) or union.args.get("distinct") or not isinstance(alias, exp.TableAlias):
            continue
        part = union.expression.unnest()
        tables = [table.name.lower() for table in part.find_all(exp.Table)]
        ends = any(part.args.get(name) for name in ("where", "having", "qualify", "joins", "group", "laterals"))
        if isinstance(part, exp.Select) and tables == [cte.alias.lower()] and not ends and not _unnests(part):
            yield Hit(tree.span(alias.this), f"nothing ends the recursion of {cte.alias}: give it a condition")


def _unnests(part: exp.Select) -> bool:
    return part.find(exp.Explode, exp.Unnest) is not None
