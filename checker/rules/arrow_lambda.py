"""A lambda by arrow, `x -> x + 1`: DuckDB 2 stops at it.

**Why it bites.** The arrow is JSON extraction too, so it was given up for `lambda x: x + 1`. Queries of
an older DuckDB end with a binder error.

Setup:

    CREATE TABLE message_events AS SELECT * FROM (VALUES ('m1', [1, 2])) AS t(message_id, content);

Fires:

    SELECT message_id, list_transform(content, x -> x + 1) AS larger FROM message_events
    --                                         ^^^^^^^^^^

Quiet:

    SELECT message_id, list_transform(content, lambda x: x + 1) AS larger FROM message_events

Effect: error

Allow it never.

Source: DuckDB documentation, "Lambda Functions".
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "DEP001"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE

_LISTS = (exp.Transform, exp.ArrayFilter, exp.Reduce)


def check(tree: Tree) -> Iterator[Hit]:
    """The lambdas with an arrow in functions of lists."""
    for node in tree.nodes(exp.Lambda):
        parent = node.parent
        named = isinstance(parent, exp.Anonymous) and parent.name.lower().partition("_")[0] in ("list", "array")
        if not (named or isinstance(parent, _LISTS)) or not all("start" in p.meta for p in node.expressions):
            continue
        first, last = node.expressions[0].meta["start"], node.expressions[-1].meta["end"] + 1
        end = tree.span(node.this).end
        signs = [token for token in tree.tokens.within(Span(last, end)) if token.token_type == TokenType.ARROW]
        if not signs:
            continue
        arrow = signs[0]
        bracketed = len(node.expressions) > 1 or tree.tokens.within(Span(last, arrow.start))
        start = tree.tokens.back_to(Span(first, last), TokenType.L_PAREN).start if bracketed else first
        names = ", ".join(p.name for p in node.expressions)
        fix = REPAIR(Edit(Span(start, arrow.end + 1), f"lambda {names}:"))
        yield Hit(Span(start, end), f"write lambda {names}: ..., the arrow is no lambda any more", fix)
