"""CASE x WHEN NULL: the branch is never taken, because it asks `x = NULL`.

**Why it bites.** The unlabelled turns, for which the branch was written, all go to ELSE.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'low'), (2, NULL)) AS t(turn_index, risk);

Fires:

    SELECT turn_index, CASE risk WHEN NULL THEN 'unlabelled' ELSE risk END AS label FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index, CASE WHEN risk IS NULL THEN 'unlabelled' ELSE risk END AS label FROM turns

Effect: differs

Allow it never.

Source: SQL:2016, 6.12 case expression: a simple CASE compares with `=`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Fix, Severity, Span

ID = "NUL005"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The simple CASEs with a NULL branch."""
    for node in tree.nodes(exp.Case):
        branches = node.args.get("ifs") or ()
        if node.this is not None and any(isinstance(branch.this, exp.Null) for branch in branches):
            yield Hit(tree.case(node), "WHEN NULL is never taken: write CASE WHEN ... IS NULL", _fix(tree, node))


def _fix(tree: Tree, node: exp.Case) -> Fix:
    """Every WHEN gets the operand that stood after CASE."""
    tokens = tree.tokens.within(tree.case(node))
    operand = tree.text(node.this)
    edits, depth, first = [], 0, True
    for token, after in pairwise(tokens):
        depth += (token.token_type == TokenType.CASE) - (token.token_type == TokenType.END)
        if depth != 1 or token.token_type != TokenType.WHEN:
            continue
        if first:
            edits.append(Edit(Span(tokens[0].end + 1, token.start), " "))
        first = False
        null = after.token_type == TokenType.NULL
        there = Span(after.start, after.end + 1 if null else after.start)
        edits.append(Edit(there, f"{operand} IS NULL" if null else f"{operand} = "))
    return REPAIR(*edits)
