"""The steps of a query: each CTE as a query of its own."""

from __future__ import annotations

from sqlglot import exp

from checker.sql_writer import write
from checker.tree import Tree


def steps(tree: Tree) -> tuple[tuple[str, str], ...]:
    """(name in lower case, the query that gives the step's rows) of every CTE at the top, in order."""
    clause = tree.root.args.get("with_")
    if not isinstance(clause, exp.With):
        return ()
    found = []
    for position, cte in enumerate(clause.expressions):
        known = exp.With(
            expressions=[each.copy() for each in clause.expressions[: position + 1]],
            recursive=clause.args.get("recursive"),
        )
        name = exp.Table(this=exp.to_identifier(cte.alias, quoted=True))
        query = exp.Select(expressions=[exp.Star()], from_=exp.From(this=name), with_=known)
        found.append((cte.alias.lower(), write(query)))
    return tuple(found)
