"""UNION of the same columns in another order: they are matched by position, not by name.

**Why it bites.** `SELECT input_tokens, output_tokens` over `SELECT output_tokens, input_tokens` puts
output below input. Both are numbers, so nothing stops it. BY NAME matches the names.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 2)) AS t(input_tokens, output_tokens);

Fires:

    SELECT input_tokens, output_tokens FROM turns UNION ALL SELECT output_tokens, input_tokens FROM turns
    --                                            ^^^^^^^^^

Quiet:

    SELECT input_tokens, output_tokens FROM turns
    UNION ALL BY NAME
    SELECT output_tokens, input_tokens FROM turns

Effect: differs

Allow it never: write the columns in the same order.

Source: DuckDB documentation, "Set Operations": UNION ALL BY NAME.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "SCH003"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The UNIONs whose two sides give the same names in different orders."""
    for union in tree.nodes(exp.Union):
        left, right = _names(union.this), _names(union.expression)
        if union.args.get("by_name") or left is None or right is None or left == right:
            continue
        if len(set(left)) == len(left) and sorted(left) == sorted(right):
            words = tree.set_operator(union)
            fix = REPAIR(Edit(Span(words.end, words.end), " BY NAME"))
            yield Hit(words, "the columns are matched by position and their names differ in order: write BY NAME", fix)


def _names(side: exp.Expr) -> list[str] | None:
    query = side.unnest()
    if not isinstance(query, exp.Select) or query.is_star:
        return None
    names = [projection.alias_or_name.lower() for projection in query.expressions]
    return names if all(names) else None
