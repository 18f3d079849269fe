"""An alias with the name of the column that it is made of: beside it the name still means the column.

**Why it bites.** In `tokens * 2 AS tokens, tokens + 1` the second tokens are the stored ones, in HAVING
and QUALIFY too. A new name leaves no doubt.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 5)) AS t(message_id, output_tokens);

Fires:

    SELECT output_tokens * 2 AS output_tokens, output_tokens + 1 AS more FROM turns
    --                          ^^^^^^^^^^^^^

Quiet:

    SELECT output_tokens * 2 AS doubled, doubled + 1 AS more FROM turns

Effect: differs

Allow it when the column itself is meant.

Source: DuckDB documentation, "SELECT Clause": columns win over aliases.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "STY009"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The aliases of computed columns that another column of the result seems to use."""
    for alias in tree.nodes(exp.Alias):
        select, name, inner = alias.parent, alias.alias.lower(), alias.this.unnest()
        if not isinstance(select, exp.Select) or isinstance(inner, exp.Column | exp.Cast | exp.Coalesce):
            continue
        own = {column.name.lower() for column in inner.find_all(exp.Column)}
        if name in own and name in _used_after(select, alias) and inner.find(exp.AggFunc) is None:
            yield Hit(tree.span(alias.args["alias"]), f"{name} beside this still means the column: give it a new name")


def _used_after(select: exp.Select, alias: exp.Alias) -> set[str]:
    """The unqualified names in the projections to the right."""
    place = next(number for number, projection in enumerate(select.expressions) if projection is alias)
    columns = (column for later in select.expressions[place + 1 :] for column in later.find_all(exp.Column))
    return {column.name.lower() for column in columns if not column.table}
