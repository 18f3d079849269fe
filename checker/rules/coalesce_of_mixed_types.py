"""COALESCE of a number and a word: it fails on the first NULL, not before.

**Why it bites.** `coalesce(output_tokens, 'none')` works in every test without a NULL, and stops the
report on the day that one comes.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1', 10), ('m2', NULL)) AS t(message_id, output_tokens);

Fires:

    SELECT message_id, coalesce(output_tokens, 'none') AS tokens FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, coalesce(CAST(output_tokens AS VARCHAR), 'none') AS tokens FROM turns

Effect: error

Allow it never.

Source: DuckDB 2.0: the text is cast to the type of the first argument when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from checker.expression_type import MOMENTS, NUMBERS, Family
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "TYP003"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE

_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$")


def check(tree: Tree) -> Iterator[Hit]:
    """The COALESCEs of a number or moment with a text that is none."""
    for node in tree.nodes(exp.Coalesce):
        kind = tree.family(node.this)
        for other in node.expressions:
            text = other.name if isinstance(other, exp.Literal) and other.is_string else None
            if text is None:
                continue
            if kind is not None and _cannot_become(text, kind):
                message = f"'{text}' cannot become a {kind.value}: cast the first to VARCHAR"
                yield Hit(tree.call(node), message)
                break


def _cannot_become(text: str, kind: Family) -> bool:
    if kind in NUMBERS:
        return not _NUMBER.match(text)
    return kind in (*MOMENTS, Family.DATE) and not any(map(str.isdigit, text))
