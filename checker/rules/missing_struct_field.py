"""A field that the struct does not have: DuckDB stops, it does not give NULL.

**Why it bites.** A field of another API version, or a misspelt one, ends the query with "could not
find key". The data profile and the statement itself tell the fields.

Setup:

    CREATE TABLE message_events AS SELECT * FROM (VALUES
        ('m1', [{'key': 'price', 'value': '5'}])
    ) AS t(message_id, source_facts);

Fires:

    SELECT message_id, source_facts[1].amount AS amount FROM message_events
    --                 ^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, source_facts[1].value AS amount FROM message_events

Effect: error

Allow it never.

Source: DuckDB documentation, "Structs".
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from sqlglot import exp

from checker.expression_type import fields_of
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "SCH002"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE


def check(tree: Tree) -> Iterator[Hit]:
    """The fields that are taken from a struct whose fields are known and others."""
    for dot in tree.nodes(exp.Dot):
        if isinstance(dot.expression, exp.Identifier):
            yield from _missing(tree, dot, dot.this, dot.expression.name)
    for bracket in tree.nodes(exp.Bracket):
        key = bracket.expressions[0] if len(bracket.expressions) == 1 else None
        if isinstance(key, exp.Literal) and key.is_string:
            yield from _missing(tree, bracket, bracket.this, key.name)


def _missing(tree: Tree, node: exp.Expr, struct: exp.Expr, name: str) -> Iterator[Hit]:
    scope = tree.scope(node)
    fields = fields_of(scope.type_of(struct)) if scope is not None else None
    if fields is not None and name.lower() not in fields:
        near = get_close_matches(name.lower(), list(fields), n=1)
        hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(fields)}"
        yield Hit(tree.span(node), f"there is no field {name} in this struct: {hint}")
