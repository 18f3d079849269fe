"""A comparison with NULL by `=` or `<>`: it is never true, whatever the value.

**Why it bites.** `WHERE risk = NULL` asks for the unlabelled turns and gets none, so the report
says that everything is labelled. `IS NULL` and `IS NOT NULL` ask the question.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'low'), (2, NULL), (3, NULL)) AS t(turn_index, risk);

Fires:

    SELECT turn_index FROM turns WHERE risk = NULL
    --                                 ^^^^^^^^^^^

Quiet:

    SELECT turn_index FROM turns WHERE risk IS NULL

Effect: differs

Allow it never.

Source: SQL:2016, 8.2 comparison predicate: a comparison with NULL is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Fix, Severity, Span

ID = "NUL001"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The comparisons with a bare NULL, assignments and named arguments aside."""
    for node in tree.nodes(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE):
        left, right = isinstance(node.this, exp.Null), isinstance(node.expression, exp.Null)
        if (left or right) and not _assigns(node):
            instead = "IS NOT NULL" if isinstance(node, exp.NEQ) else "IS NULL"
            span = _span(tree, node, left=left)
            yield Hit(span, f"a comparison with NULL is never true: write {instead}", _fix(tree, node, span, instead))


def _assigns(node: exp.Expr) -> bool:
    if isinstance(node.parent, exp.Update | exp.Set | exp.SetItem):
        return True
    return isinstance(node.parent, exp.Func) and node.find_ancestor(exp.Table) is not None


def _span(tree: Tree, node: exp.Expr, *, left: bool) -> Span:
    if isinstance(node.this, exp.Null) and isinstance(node.expression, exp.Null):
        return tree.span(node)
    if left:
        return tree.tokens.back_to(tree.span(node.expression), TokenType.NULL)
    return tree.tokens.through(tree.span(node.this), TokenType.NULL)


def _fix(tree: Tree, node: exp.Binary, span: Span, instead: str) -> Fix | None:
    sides = [side for side in (node.this, node.expression) if not isinstance(side, exp.Null)]
    if len(sides) != 1 or not isinstance(node, exp.EQ | exp.NEQ):
        return None
    value = tree.operand(sides[0])
    return REPAIR(Edit(span, f"{tree.source.text[value.start : value.end]} {instead}"))
