"""A mean by model family over versions that may differ.

**Why it bites.** Over all its versions the first model refuses more; within each version the second
does. The mix of versions made the difference. Group by the version too, and look. In preview: the
query cannot tell what is compared.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('a-1', 10), ('a-1', 10), ('a-2', 40), ('b-1', 20)
    ) AS t(model_version, output_tokens);

Fires:

    SELECT split_part(model_version, '-', 1) AS model, avg(output_tokens) AS mean_tokens FROM turns GROUP BY model
    --                                                 ^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT model_version, avg(output_tokens) AS mean_tokens FROM turns GROUP BY model_version

Effect: differs

Allow it when the versions are alike, or their mix is what is compared.

Source: Simpson's paradox.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.grouping import group_expressions
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "AGG008"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The means grouped by a part of a version column and not by the version itself."""
    for node in tree.nodes(exp.Avg):
        scope = tree.scope(node)
        if scope is None or scope.select.args.get("group") is None:
            continue
        keys = group_expressions(scope.select) or []
        whole = {column.name.lower() for column in keys if isinstance(column, exp.Column)}
        cut = {
            column.name.lower()
            for key in keys
            if not isinstance(key, exp.Column)
            for column in key.find_all(exp.Column)
            if column.name.lower().endswith("_version")
        }
        if cut - whole:
            yield Hit(tree.call(node), f"this pools every {min(cut - whole)}: see whether each of them says the same")
