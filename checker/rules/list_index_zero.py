"""`xs[0]`: lists begin at 1, and 0 is outside, which gives NULL.

**Why it bites.** The first content block of every message is NULL, and nothing says why. JSON arrays
begin at 0, so both are met in one query.

Setup:

    CREATE TABLE message_events AS SELECT * FROM (VALUES ('m1', 'a b'), ('m2', 'c d')) AS t(message_id, model);

Fires:

    SELECT message_id, string_split(model, ' ')[0] AS first_word FROM message_events
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, string_split(model, ' ')[1] AS first_word FROM message_events

Effect: differs

Allow it never.

Source: DuckDB documentation, "Lists": positions are 1-based.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.expression_type import Family
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "LST001"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The positions 0 of what is known to be a list."""
    for node in tree.nodes(exp.Bracket):
        index = node.expressions[0] if len(node.expressions) == 1 else None
        # The parser counts from 0, and so writes position 0 as -1.
        if not isinstance(index, exp.Neg) or index.this.name != "1" or tree.family(node.this) is not Family.LIST:
            continue
        span = tree.tokens.through(tree.operand(node.this), TokenType.R_BRACKET)
        zero = [token for token in tree.tokens.within(span) if token.text == "0"][-1:]
        if zero:
            fix = REPAIR(Edit(Span(zero[0].start, zero[0].end + 1), "1"))
            yield Hit(span, "lists begin at 1: position 0 is NULL", fix)
