"""`x <> lag(x)`: unknown on the first row, and wherever one of the two is NULL.

**Why it bites.** From unlabelled to `high` is a change that `<>` does not see, and the first row is
neither changed nor unchanged: of five changes of risk it counts three. `IS DISTINCT FROM` compares
with NULL as with a value; a default for LAG or an `IS NULL` decides the first row.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'low'), ('c1', 2, NULL), ('c1', 3, 'high'), ('c1', 4, 'low')
    ) AS t(conversation_id, turn_index, risk);

Fires:

    SELECT turn_index, risk <> lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS changed FROM turns
    --                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT turn_index,
        risk IS DISTINCT FROM lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS changed
    FROM turns

Effect: differs

Allow it when a NULL shall count neither as a change nor as none.

Source: SQL:2016, 8.2 comparison predicate; DuckDB documentation, "Comparison Operators".
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Edit, Severity
from checker.window import function_name, resolve

ID = "WIN009"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE
REPAIR = Repair.UNSAFE

_FILTERS = (exp.Where, exp.Qualify, exp.Having, exp.Filter, exp.Join)


def check(tree: Tree) -> Iterator[Hit]:
    """The inequalities with a neighbour, direct or by alias, that nothing guards against NULL."""
    if not any(tree.nodes(exp.Lag, exp.Lead)):
        return
    for node in tree.nodes(exp.NEQ):
        scope = tree.lineage.scope(node)
        if scope is None:
            continue
        for value, neighbour in ((node.this, node.expression), (node.expression, node.this)):
            call = _neighbour(scope, neighbour, node)
            if call is None or not _same(scope, value, call) or _is_guarded(tree, node, neighbour):
                continue
            if _loses_rows(scope, node, value, known=tree.has_profile):
                name = function_name(call)
                message = f"<> with {name} is NULL on the first row and on NULLs: write IS DISTINCT FROM"
                yield Hit(tree.comparison(node), message, REPAIR(Edit(tree.operator(node), "IS DISTINCT FROM")))
            break


def _neighbour(scope: Scope, expression: exp.Expr, node: exp.NEQ) -> exp.Expr | None:
    """The LAG or LEAD that an operand is, if it can be NULL for want of a neighbour."""
    inner = scope.definition(expression)
    if isinstance(expression.unnest(), exp.Column) and scope.nullable_without(expression, node) is False:
        return None
    if not isinstance(inner, exp.Window):
        return None
    function = resolve(inner).function
    has_default = isinstance(function, exp.Lag | exp.Lead) and function.args.get("default") is not None
    return function if isinstance(function, exp.Lag | exp.Lead) and not has_default else None


def _same(scope: Scope, value: exp.Expr, call: exp.Expr) -> bool:
    """Whether the other operand is the column that the call looks back at."""
    inner = value.unnest()
    looked_at = call.this.unnest()
    return isinstance(inner, exp.Column) and isinstance(looked_at, exp.Column) and inner.name == looked_at.name


def _is_guarded(tree: Tree, node: exp.NEQ, neighbour: exp.Expr) -> bool:
    if any(isinstance(parent, exp.Coalesce | exp.Is) for parent in _parents(node)):
        return True
    beside = node.find_ancestor(exp.Or)
    if beside is not None and beside.find(exp.Is, exp.NullSafeEQ, exp.NullSafeNEQ) is not None:
        return True
    if beside is not None and any(isinstance(eq.expression, exp.Literal) for eq in beside.find_all(exp.EQ)):
        return True
    text = neighbour.unnest().sql()
    tests = [test.this.unnest() for test in tree.nodes(exp.Is) if isinstance(test.expression, exp.Null)]
    return any(test.sql() == text or _is_neighbour(tree, test) for test in tests)


def _is_neighbour(tree: Tree, test: exp.Expr) -> bool:
    """Whether the first row is told by another column of the row before."""
    node = tree.lineage.origin(test)
    return isinstance(node, exp.Window) and isinstance(resolve(node).function, exp.Lag | exp.Lead)


def _parents(node: exp.Expr) -> Iterator[exp.Expr]:
    parent = node.parent
    while parent is not None and not isinstance(parent, exp.Select):
        yield parent
        parent = parent.parent


def _loses_rows(scope: Scope, node: exp.NEQ, value: exp.Expr, *, known: bool) -> bool:
    """A filter may want to drop the first row; it loses changes only where the value itself can be NULL."""
    if any(isinstance(parent, exp.Case | exp.If) for parent in _parents(node)):
        filters = False
    else:
        filters = any(isinstance(parent, _FILTERS) for parent in _parents(node))
    nullable = scope.nullable_without(value, node)
    if not filters:
        return True
    return nullable is True or (nullable is None and not known)
