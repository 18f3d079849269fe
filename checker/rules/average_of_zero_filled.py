"""AVG(COALESCE(x, 0)): a value that is not known is averaged as if it were zero.

**Why it bites.** Streamed answers log no usage: their tokens are unknown, not none. AVG alone
leaves them out; as zeros they halve the mean (3.0 becomes 1.5). Zeros that fill the gaps of a
LEFT JOIN are meant, and quiet.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 2), (2, 4), (3, NULL), (4, NULL)) AS t(turn_index, output_tokens);

Fires:

    SELECT avg(coalesce(output_tokens, 0)) AS mean_tokens FROM turns
    --     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT avg(output_tokens) AS mean_tokens FROM turns

Effect: differs

Allow it when NULL really stands for none.

Source: SQL:2016, 10.9 aggregate function: AVG leaves NULLs out.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "NUL006"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The means of a stored column whose NULLs are replaced by zero."""
    for node, value in _means(tree):
        scope = tree.lineage.scope(node)
        inner = scope.definition(value) if scope is not None else value.unnest()
        while isinstance(inner, exp.Cast):
            inner = inner.this.unnest()
        if scope is None or not isinstance(inner, exp.Coalesce) or not _is_zero(inner.expressions):
            continue
        if _is_unknown(tree, inner):
            column = inner.this.sql(dialect="duckdb")
            message = f"a missing {column} is averaged as 0: leave NULLs to avg, and count them beside it"
            # Where the zeros are filled in elsewhere, others may need them.
            here = inner.find_ancestor(exp.Avg, exp.Select) is node
            fix = REPAIR(Edit(tree.call(inner), tree.text(inner.this))) if here else None
            yield Hit(tree.call(node), message, fix)


def _means(tree: Tree) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    for node in tree.nodes(exp.Avg):
        value = node.this.expressions[0] if isinstance(node.this, exp.Distinct) else node.this
        yield node, value
    for call in tree.nodes(exp.Anonymous):
        if call.name.lower() == "mean" and len(call.expressions) == 1:
            yield call, call.expressions[0]


def _is_zero(defaults: list[exp.Expr]) -> bool:
    last = defaults[-1].unnest() if defaults else None
    while isinstance(last, exp.Cast):
        last = last.this.unnest()
    if not isinstance(last, exp.Literal) or last.is_string or len(defaults) != 1:
        return False
    return float(last.this) == 0


def _is_unknown(tree: Tree, filled: exp.Coalesce) -> bool:
    """Whether the value is a stored column that can be NULL by itself, not for want of a partner in a join."""
    value = filled.this.unnest()
    while isinstance(value, exp.Cast):
        value = value.this.unnest()
    scope: Scope | None = tree.lineage.scope(filled)
    field = scope.resolve(value) if scope is not None and isinstance(value, exp.Column) else None
    if field is None or field.column is None or field.outer:
        return False
    return field.nullable is True or (field.nullable is None and not tree.has_profile)
