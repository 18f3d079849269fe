"""`<> ALL (subquery)` over a column with NULLs: it is never true.

**Why it bites.** It is NOT IN by another name: one NULL among the values and no row is left.

Setup:

    CREATE TABLE users AS SELECT * FROM (VALUES ('u1'), ('u2')) AS t(user_ref);
    CREATE TABLE feedback AS SELECT * FROM (VALUES ('u1'), (NULL)) AS t(user_ref);

Fires:

    SELECT user_ref FROM users WHERE user_ref <> ALL (SELECT user_ref FROM feedback)
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT user_ref FROM users
    WHERE NOT EXISTS (SELECT 1 FROM feedback WHERE feedback.user_ref = users.user_ref)

Effect: differs

Allow it when the subquery is known to hold no NULL.

Source: SQL:2016, 8.9 quantified comparison predicate.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.probe import without_nulls
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Proof, Severity

ID = "NUL013"
SEVERITY = Severity.ERROR
NEEDS = Needs.PROFILE
PROOF = Proof.REPAIR


def check(tree: Tree) -> Iterator[Hit]:
    """The comparisons with all rows of a subquery whose column the profile shows to hold NULLs."""
    for node in tree.nodes(exp.NEQ):
        if not isinstance(node.expression, exp.All):
            continue
        fields = list(tree.lineage.relation(node.expression.this.unnest()).fields.values())
        if len(fields) == 1 and fields[0].nullable is True:
            message = f"the subquery's {fields[0].name} can be NULL, then this is never true: write NOT EXISTS"
            yield Hit(tree.span(node), message, probe=without_nulls(tree, node.expression.this))
