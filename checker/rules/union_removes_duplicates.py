"""UNION without ALL: it removes rows that are equal, also within one side.

**Why it bites.** Eight events of two sources become three, because five were equal in the columns that
are shown. Write UNION ALL, or UNION DISTINCT where a set is meant.

Setup:

    CREATE TABLE raw_v1 AS SELECT * FROM (VALUES ('u1', 'hi'), ('u1', 'hi')) AS t(user_ref, text);
    CREATE TABLE raw_v2 AS SELECT * FROM (VALUES ('u1', 'hi')) AS t(user_ref, text);

Fires:

    SELECT user_ref FROM raw_v1 UNION SELECT user_ref FROM raw_v2
    --                          ^^^^^

Quiet:

    SELECT user_ref FROM raw_v1 UNION ALL SELECT user_ref FROM raw_v2

Effect: differs

Allow it when a set is meant; better, write UNION DISTINCT.

Source: SQL:2016, 7.17 query expression: DISTINCT is the default of UNION.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "STY005"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The UNIONs that say neither ALL nor DISTINCT."""
    for union in tree.nodes(exp.Union):
        words = tree.set_operator(union)
        if union.find(exp.From) is None:
            continue  # constants are listed
        if union.args.get("distinct") and tree.source.text[words.start : words.end].upper() == "UNION":
            fix = REPAIR(Edit(words, "UNION ALL"))
            yield Hit(words, "UNION removes equal rows, also within one side: write ALL, or DISTINCT", fix)
