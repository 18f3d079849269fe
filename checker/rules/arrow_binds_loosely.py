"""`j -> 'k' = 'x'` without brackets: the arrow binds last, so it reads j -> ('k' = 'x').

**Why it bites.** DuckDB stops with a message about json_extract(JSON, BOOLEAN) that nobody expects.
Put the extraction in brackets; with `->>`, which gives text, the comparison works as it is.

Setup:

    CREATE TABLE raw AS SELECT * FROM (VALUES (1, '{"risk": "low"}'::JSON)) AS t(id, body);

Fires:

    SELECT id FROM raw WHERE body -> 'risk' = '"low"'
    --                       ^^^^^^^^^^^^^^

Quiet:

    SELECT id FROM raw WHERE (body -> 'risk') = '"low"'

Effect: error

Allow it never.

Source: DuckDB documentation, "JSON Extraction Functions": `->` has low precedence.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "JSN002"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE

_TIGHTER = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like)


def check(tree: Tree) -> Iterator[Hit]:
    """The arrows that are a bare operand of a comparison."""
    for node in tree.nodes(exp.JSONExtract):
        if isinstance(node, exp.JSONExtractScalar) or not isinstance(node.parent, _TIGHTER):
            continue
        span = tree.arrow(node, "->")
        if span is not None:
            edits = (Edit(Span(span.start, span.start), "("), Edit(Span(span.end, span.end), ")"))
            yield Hit(span, "-> binds after the comparison: put the extraction in brackets", REPAIR(*edits))
