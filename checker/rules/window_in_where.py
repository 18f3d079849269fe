"""A window function in WHERE or HAVING, directly or by its alias: windows are computed after both.

**Why it bites.** DuckDB says that WHERE cannot contain window functions, also where only an alias
is to be seen. QUALIFY filters after the windows are computed.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('c1', 1), ('c1', 2)) AS t(conversation_id, turn_index);

Fires:

    SELECT conversation_id, turn_index, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS place
    FROM turns
    WHERE place = 1
    --    ^^^^^

Quiet:

    SELECT conversation_id, turn_index, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS place
    FROM turns
    QUALIFY place = 1

Effect: error

Allow it never.

Source: SQL:2016, 7.12 where clause; DuckDB documentation, "QUALIFY Clause".
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.predicates import conjuncts
from checker.rule import Hit, Needs, Repair
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Edit, Fix, Severity, Span

ID = "WIN011"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The windows, and the aliases of windows, in a SELECT's own WHERE or HAVING."""
    for clause in tree.nodes(exp.Where, exp.Having):
        select = clause.parent
        scope = tree.scope(clause)
        if not isinstance(select, exp.Select) or scope is None or scope.select is not select:
            continue
        for node in _windows(clause, select, scope):
            span = tree.call_over(node) if isinstance(node, exp.Window) else tree.span(node)
            word = clause.key.upper()
            yield Hit(
                span, f"{word} comes before window functions are computed: write QUALIFY", _fix(tree, clause, select)
            )


def _windows(clause: exp.Expr, select: exp.Select, scope: Scope) -> Iterator[exp.Expr]:
    inside = list(clause.find_all(exp.Window, exp.Column))
    aliases = {
        projection.alias.lower()
        for projection in select.expressions
        if isinstance(projection, exp.Alias) and any(projection.find_all(exp.Window))
    }
    for node in inside:
        if node.find_ancestor(exp.Select) is not select or isinstance(node.parent, exp.Lambda):
            continue
        if isinstance(node, exp.Window) or _is_alias(node, aliases, scope):
            yield node


def _is_alias(node: exp.Expr, aliases: set[str], scope: Scope) -> bool:
    if not isinstance(node, exp.Column) or node.table:
        return False
    return node.name.lower() in aliases and scope.place(node) is None


def _fix(tree: Tree, clause: exp.Expr, select: exp.Select) -> Fix | None:
    """WHERE becomes QUALIFY where it holds this condition alone and nothing stands between the two."""
    others = ("group", "having", "qualify", "windows")
    if not isinstance(clause, exp.Where) or any(select.args.get(name) for name in others):
        return None
    if len(list(conjuncts(clause.this))) != 1:
        return None
    word = tree.tokens.back_to(tree.span(clause.this), TokenType.WHERE).start
    return REPAIR(Edit(Span(word, word + len("WHERE")), "QUALIFY"))
