"""A CTE without a comment that says what it is for.

**Why it bites.** A reviewer must trace every number of a report back to the log. One line above each
step, "the first high turn of each conversation", is what lets them. In preview: for those who
review so.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 'low')) AS t(conversation_id, risk);

Fires:

    WITH labelled AS (SELECT conversation_id FROM turns WHERE risk IS NOT NULL)
    --   ^^^^^^^^
    SELECT count(*) AS turns FROM labelled

Quiet:

    WITH
    -- The turns that somebody has labelled.
    labelled AS (SELECT conversation_id FROM turns WHERE risk IS NOT NULL)
    SELECT count(*) AS turns FROM labelled

Effect: same (a comment is for people)

Allow it when the name says everything.

Source: the reviews of this domain: each step is traced.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "AUD001"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The CTEs with no comment before their name or after their opening bracket."""
    for cte in tree.nodes(exp.CTE):
        alias = cte.args.get("alias")
        if isinstance(alias, exp.TableAlias) and not tree.has_comment(cte):
            yield Hit(tree.span(alias.this), f"say in a comment what {cte.alias} is for")
