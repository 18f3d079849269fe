"""What differs only where a value is NULL does not differ where it never is.

Proof: the operator changes what happens to a NULL in one value: a default, a test, a comparison, a
count, a place in the order. The value comes from a column that the schema declares NOT NULL and that
no outer join may have filled, or a WHERE condition other than the one that was edited lets no NULL
through before windows and groups see it. So there is no row on which the edit does anything.

Setup:
    CREATE TABLE turns (turn_index INTEGER NOT NULL, risk VARCHAR);
    INSERT INTO turns VALUES (1, 'low'), (2, NULL), (3, 'high');

Proves N09:
    SELECT count(*) AS n FROM turns
    SELECT count(turn_index) AS n FROM turns

Leaves N09:
    SELECT count(*) AS n FROM turns
    SELECT count(risk) AS n FROM turns

Proves N09:
    SELECT count(*) AS n FROM (SELECT turn_index - 1 > 1 AS is_late FROM turns) AS judged
    SELECT count(is_late) AS n FROM (SELECT turn_index - 1 > 1 AS is_late FROM turns) AS judged

Leaves N09:
    SELECT count(*) AS n FROM (SELECT nullif(turn_index, 2) > 1 AS is_late FROM turns) AS judged
    SELECT count(is_late) AS n FROM (SELECT nullif(turn_index, 2) > 1 AS is_late FROM turns) AS judged

Proves N10:
    SELECT turn_index, row_number() OVER (ORDER BY turn_index) AS n FROM turns
    SELECT turn_index, row_number() OVER (ORDER BY turn_index NULLS FIRST) AS n FROM turns

Leaves N05:
    SELECT turn_index FROM turns WHERE risk IS NOT NULL AND turn_index > 1
    SELECT turn_index FROM turns WHERE turn_index > 1
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from checker.edit import parts
from checker.mutant import Mutant
from checker.presence import condition_of, only_truth_counts, present
from checker.tree import Tree


def holds(tree: Tree, mutant: Mutant) -> bool:
    """Whether the value whose NULLs the edit is about is never NULL."""
    ask = _QUESTIONS.get(mutant.operator.id)
    return ask is not None and ask(tree, mutant)


def _default_unused(tree: Tree, mutant: Mutant) -> bool:
    node = mutant.edit.node
    call = node if isinstance(node, exp.Coalesce) else node.parent
    return isinstance(call, exp.Coalesce) and present(tree, call.this)


def _count_is_whole(tree: Tree, mutant: Mutant) -> bool:
    node, other = mutant.edit.node, mutant.edit.replacement
    counted = next(call.this for call in (node, other) if not isinstance(call.this, exp.Star))
    return present(tree, counted, at=node) or _filter_asks_for(tree, node, counted)


def _filter_asks_for(tree: Tree, call: exp.Expr, counted: exp.Expr) -> bool:
    """Whether FILTER lets no row through in which the counted value, or the row that it is of, is missing."""
    scope = tree.scope(call)
    if not isinstance(call.parent, exp.Filter) or scope is None or not isinstance(counted, exp.Column):
        return False
    place = scope.place(counted)
    for test in parts(call.parent.expression.this):
        inner = test.unnest()
        asked = [inner.this, inner.expression] if isinstance(inner, _STRICT) else []
        for column in asked:
            where = scope.place(column) if isinstance(column, exp.Column) else None
            inside = scope.sources[place[0]].fields.get(place[1]) if place is not None else None
            same_row = where is not None and place is not None and where[0] == place[0]
            if where is not None and (where == place or (same_row and inside is not None and inside.nullable is False)):
                return True
    return False


def _value_present(tree: Tree, mutant: Mutant) -> bool:
    node = mutant.edit.node
    inner = node.this if isinstance(node, exp.IgnoreNulls) else node
    return present(tree, inner.this)


def _key_present(tree: Tree, mutant: Mutant) -> bool:
    return present(tree, mutant.edit.node.this)


def _tested_present(tree: Tree, mutant: Mutant) -> bool:
    condition = mutant.edit.place
    inner = condition.unnest() if condition is not None else exp.Null()
    test = inner.this.unnest() if isinstance(inner, exp.Not) else exp.Null()
    return condition is not None and isinstance(test, exp.Is) and present(tree, test.this, ignoring=[condition])


def _both_present(tree: Tree, mutant: Mutant) -> bool:
    node = mutant.edit.node
    condition = condition_of(node)
    sides = [present(tree, side, ignoring=[condition]) for side in (node.this, node.expression)]
    one_is_enough = isinstance(node, exp.EQ | exp.NullSafeEQ) and only_truth_counts(node)
    return any(sides) if one_is_enough else all(sides)


def _condition_present(tree: Tree, mutant: Mutant) -> bool:
    inner = mutant.edit.node.unnest()
    inner = inner.this.unnest() if isinstance(inner, exp.Not) else inner
    ignored = [condition_of(mutant.edit.node)]
    return isinstance(inner.this, exp.Expr) and present(tree, inner.this, ignoring=ignored)


def _listed_present(tree: Tree, mutant: Mutant) -> bool:
    """Whether neither the value that IN looks for nor those that it looks through can be NULL."""
    there, here = mutant.edit.node, mutant.edit.replacement
    test, query = (here, there.this) if isinstance(there, exp.Exists) else (there, there.args["query"].this)
    listed = test.args["query"].this.expressions[0]
    where = query.args.get("where") if isinstance(query, exp.Select) else None
    met = [part for part in parts(where.this) if listed in part.find_all(exp.Column)] if where is not None else []
    return present(tree, test.this, at=there) and present(tree, listed, at=query, ignoring=met)


_STRICT = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_QUESTIONS: dict[str, Callable[[Tree, Mutant], bool]] = {
    "N01": _default_unused,
    "N02": _default_unused,
    "N05": _tested_present,
    "N06": _both_present,
    "N08": _value_present,
    "N09": _count_is_whole,
    "N10": _key_present,
    "N11": _condition_present,
    "N12": _listed_present,
    "W12": _value_present,
}
