"""`(j -> 'k') IS NULL`: the JSON value null is not NULL, only a key that is absent is.

**Why it bites.** Clients send `"risk": null`. `->` gives JSON, and its null is a value: the row is
called labelled. `->>` gives text, and NULL for both. For the same reason `(j -> 'k') = 'x'` never
finds x: the JSON text has quotes in it.

Setup:

    CREATE TABLE raw AS SELECT * FROM (VALUES (1, '{"risk": null}'::JSON), (2, '{"risk": "low"}'::JSON)) AS t(id, body);

Fires:

    SELECT id FROM raw WHERE (body -> 'risk') IS NULL
    --                       ^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT id FROM raw WHERE (body ->> 'risk') IS NULL

Effect: differs

Allow it when an explicit null is to be told from an absent key.

Source: DuckDB documentation, "JSON Extraction Functions".
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "JSN001"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The IS NULL tests of a `->`, and its equations with a text that has no quotes."""
    for test in tree.nodes(exp.Is):
        arrow = _arrow(tree, test.this) if isinstance(test.expression, exp.Null) else None
        if arrow is not None:
            outer = tree.tokens.back_to(arrow, TokenType.L_PAREN)
            span = tree.tokens.through(outer, TokenType.NULL)
            fix = REPAIR(_text_instead(tree, arrow))
            yield Hit(span, "a JSON null is not NULL: ->> gives NULL for both", fix)
    for node in tree.nodes(exp.EQ, exp.NEQ):
        text = node.expression.name if isinstance(node.expression, exp.Literal) and node.expression.is_string else None
        arrow = _arrow(tree, node.this) if text is not None and not _is_json(text) else None
        if arrow is not None:
            span = Span(tree.tokens.back_to(arrow, TokenType.L_PAREN).start, tree.span(node.expression).end)
            yield Hit(span, "-> gives JSON, with its quotes: ->> gives the text", REPAIR(_text_instead(tree, arrow)))


def _arrow(tree: Tree, value: exp.Expr) -> Span | None:
    """The extraction by `->` that stands in brackets of its own."""
    inner = value.unnest()
    return tree.arrow(inner, "->") if isinstance(value, exp.Paren) and isinstance(inner, exp.JSONExtract) else None


def _text_instead(tree: Tree, arrow: Span) -> Edit:
    sign = [token for token in tree.tokens.within(arrow) if token.token_type == TokenType.ARROW][-1]
    return Edit(Span(sign.start, sign.end + 1), "->>")


def _is_json(text: str) -> bool:
    return text[:1] in ('"', "[", "{") or text in ("null", "true", "false") or text.lstrip("-")[:1].isdigit()
