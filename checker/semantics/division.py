"""What a quotient is: of whole numbers a whole number in PostgreSQL, a fraction elsewhere; zero below it fails."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.dialect import Dialect
from checker.semantics.untranslatable import Untranslatable
from checker.semantics.whole_numbers import is_whole, may_have_fraction


def apply(tree: exp.Expr, dialect: Dialect) -> Iterator[str]:
    """`//` where whole numbers give whole numbers; Untranslatable where it cannot be told whether they are whole."""
    found = list(tree.find_all(exp.Div))
    # From the innermost: what it becomes decides what is around it.
    for node in reversed(found):
        node.set("typed", False)
        node.set("safe", False)
        if dialect.integer_division:
            yield from _of_whole_numbers(node, dialect)
    if found and dialect.name == "snowflake":
        yield "Snowflake keeps six decimals of a quotient of whole numbers; it is judged as an exact one"


def _of_whole_numbers(node: exp.Div, dialect: Dialect) -> Iterator[str]:
    if any(may_have_fraction(side, dialect) for side in (node.this, node.expression)):
        return
    if not (is_whole(node.this) and is_whole(node.expression)):
        raise Untranslatable(
            f"{dialect.title} divides whole numbers to a whole number, and whether these are whole "
            "cannot be told here: cast one, as in a::numeric / b",
            node,
        )
    node.replace(exp.IntDiv(this=node.this, expression=node.expression))
    yield f"{dialect.title} divides whole numbers to a whole number: the translation says //"
