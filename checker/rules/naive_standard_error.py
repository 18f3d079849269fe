"""stddev / sqrt(n) over rows that belong to the same conversation or user: the error is too small.

**Why it bites.** The turns of one user are alike. A thousand turns of ten users are nearer to ten
observations than to a thousand, and an interval by `sqrt(count(*))` is several times too narrow.
Take one value per user first. The data profile tells which tables hold several rows of one owner.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('u1', 'c1', 10), ('u1', 'c1', 10), ('u2', 'c2', 20), ('u2', 'c2', 20)
    ) AS t(user_id, conversation_id, output_tokens);

Fires:

    SELECT stddev(output_tokens) / sqrt(count(*)) AS standard_error FROM turns
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    WITH of_conversation AS (SELECT conversation_id, avg(output_tokens) AS tokens FROM turns GROUP BY conversation_id)
    SELECT stddev(tokens) / sqrt(count(*)) AS standard_error FROM of_conversation

Effect: differs

Allow it when the rows are known to be independent.

Source: Kish, Survey Sampling: the design effect of clusters.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity, Span

ID = "AGG003"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE

_DEVIATIONS = (exp.Stddev, exp.StddevPop, exp.StddevSamp)


def check(tree: Tree) -> Iterator[Hit]:
    """The standard errors over a stored table whose rows have owners."""
    for node in tree.nodes(exp.Div):
        deviation, root = node.this.unnest(), node.expression.unnest()
        scope = tree.scope(node)
        if scope is None or not isinstance(deviation, _DEVIATIONS) or not isinstance(root, exp.Sqrt):
            continue
        if root.find(exp.Count) is None or len(scope.sources) != 1:
            continue
        base = next(iter(scope.sources.values())).base
        table = tree.profile.tables.get(base or "")
        if table is not None and table.entities():
            owner = sorted(table.entities())[0]
            span = Span(tree.call(deviation).start, tree.call(root).end)
            yield Hit(span, f"rows of one {owner} are alike: take one value per {owner} first, then the error")
