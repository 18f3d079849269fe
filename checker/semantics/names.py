"""Names in quotes: they keep their case in PostgreSQL and Snowflake, where a name in another case is another name."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect
from checker.semantics.untranslatable import Untranslatable


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """No notes: Untranslatable where two names of the query would be one in DuckDB."""
    seen: dict[str, str] = {}
    for node in tree.find_all(exp.Identifier) if dialect.folds else ():
        exact = node.name if node.args.get("quoted") else _folded(node.name, dialect)
        first = seen.setdefault(node.name.lower(), exact)
        if first != exact:
            raise Untranslatable(f"{first} and {exact} are two names in {dialect.title}: write one of them", node)
    yield from ()


def _folded(name: str, dialect: Dialect) -> str:
    return name.upper() if dialect.folds == "upper" else name.lower()
