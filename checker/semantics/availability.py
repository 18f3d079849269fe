"""What DuckDB has and the dialect has not: an answer that uses it would not run there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot import exp

from checker.dialect import Dialect
from checker.semantics.untranslatable import Untranslatable

Uses = Callable[[exp.Expr], bool]
USES: dict[str, Uses] = {
    "QUALIFY": lambda node: isinstance(node, exp.Qualify),
    "FILTER": lambda node: isinstance(node, exp.Filter),
    "ILIKE": lambda node: isinstance(node, exp.ILike),
    "GROUP BY ALL": lambda node: isinstance(node, exp.Group) and bool(node.args.get("all")),
    "DISTINCT ON": lambda node: isinstance(node, exp.Distinct) and node.args.get("on") is not None,
}


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """No notes: Untranslatable where the query uses what the dialect lacks."""
    for node in tree.walk():
        for name in dialect.lacks:
            if USES[name](node):
                raise Untranslatable(f"{dialect.title} has no {name}", node)
    yield from ()
