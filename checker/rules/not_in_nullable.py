"""NOT IN over a subquery that can return NULL: one NULL, and no row is left.

**Why it bites.** `user_ref NOT IN (SELECT user_ref FROM feedback)` should list who never gave
feedback. One anonymous vote, and it lists nobody: "not equal to an unknown value" is unknown for
every user. NOT EXISTS asks the question as it is meant.

Setup:

    CREATE TABLE users AS SELECT * FROM (VALUES ('u1'), ('u2'), ('u3')) AS t(user_ref);
    CREATE TABLE feedback AS SELECT * FROM (VALUES ('u1'), (NULL)) AS t(user_ref);

Fires:

    SELECT user_ref FROM users WHERE user_ref NOT IN (SELECT user_ref FROM feedback)
    --                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT user_ref FROM users
    WHERE NOT EXISTS (SELECT 1 FROM feedback WHERE feedback.user_ref = users.user_ref)

Effect: differs

Allow it when the subquery is known to hold no NULL for a reason that the data's description does not tell.

Source: SQL:2016, 8.4 in predicate.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.probe import without_nulls
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Proof, Severity

ID = "NUL002"
SEVERITY = Severity.ERROR
NEEDS = Needs.PROFILE
PROOF = Proof.REPAIR


def check(tree: Tree) -> Iterator[Hit]:
    """The negated IN over a subquery whose only column the profile shows to hold NULLs."""
    for negation in tree.nodes(exp.Not):
        node = negation.this.unnest()
        query = node.args.get("query") if isinstance(node, exp.In) else None
        if query is None:
            continue
        fields = list(tree.lineage.relation(query).fields.values())
        if len(fields) == 1 and fields[0].nullable is True:
            name = fields[0].name
            message = f"the subquery's {name} can be NULL, then NOT IN keeps no row: write NOT EXISTS"
            yield Hit(tree.span(negation), message, probe=without_nulls(tree, query))
