"""`'x' || j ->> 'k'` and `j ->> 'k'::INT`: the neighbour binds first, the arrow last.

**Why it bites.** The first joins 'x' to the whole document and then looks for the key in what is no
JSON any more; the second casts the key's name. Both stop with a message about something else.

Setup:

    CREATE TABLE raw AS SELECT * FROM (VALUES (1, '{"tokens": "5"}'::JSON)) AS t(id, body);

Fires:

    SELECT id, body ->> 'tokens'::INTEGER AS tokens FROM raw
    --         ^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT id, (body ->> 'tokens')::INTEGER AS tokens FROM raw

Effect: error

Allow it never.

Source: DuckDB documentation, "JSON Extraction Functions": `->>` has low precedence.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "JSN003"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The arrows whose document is a concatenation, or whose key is cast."""
    for node in tree.nodes(exp.JSONExtract, exp.JSONExtractScalar):
        key, document = node.args.get("expression"), node.this
        if isinstance(key, exp.Cast) and isinstance(key.this, exp.Literal) and key.this.is_string:
            start, end = tree.span(document).start, tree.span(key.this).end
            whole = tree.cast(key)
            edits = (Edit(Span(start, start), "("), Edit(Span(end, end), ")"))
            if whole.start >= start:
                message = "this casts the key, not the value: write (j ->> 'k')::t"
                yield Hit(Span(start, whole.end), message, REPAIR(*edits))
        elif isinstance(document, exp.DPipe):
            span = tree.arrow(node)
            start = tree.span(document.expression).start
            if span is not None:
                edits = (Edit(Span(start, start), "("), Edit(Span(span.end, span.end), ")"))
                yield Hit(span, "|| binds before the arrow: put the extraction in brackets", REPAIR(*edits))
