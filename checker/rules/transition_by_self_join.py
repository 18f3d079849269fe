"""A change of state found by joining a table with itself: each step is not to be seen.

**Why it bites.** "From low to high" by joining low turns to later high turns finds pairs, not
transitions: what lay between is not looked at, and a reviewer cannot see the path. LAG labels every
turn with the state before. In preview: some questions are about pairs.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'low'), ('c1', 2, 'medium'), ('c1', 3, 'high'), ('c1', 4, 'high')
    ) AS t(conversation_id, turn_index, risk);

Fires:

    SELECT a.conversation_id, b.turn_index
    FROM turns AS a JOIN turns AS b ON b.conversation_id = a.conversation_id AND b.turn_index > a.turn_index
    WHERE a.risk = 'low' AND b.risk = 'high'
    --    ^^^^^^^^^^^^^^

Quiet:

    SELECT conversation_id, turn_index
    FROM turns
    QUALIFY risk = 'high' AND lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) = 'low'

Effect: differs

Allow it when pairs are asked for.

Source: the reviews of this domain: each transition is labelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from sqlglot import exp

from checker.joins import conditions
from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "AUD005"
SEVERITY = Severity.INFO
NEEDS = Needs.TREE
PREVIEW = True


def check(tree: Tree) -> Iterator[Hit]:
    """The equations of one column with two values, on two copies of one table."""
    for select in tree.nodes(exp.Select):
        scope = tree.scope(select)
        if scope is None or len(scope.sources) < 2:
            continue
        states = [part for part in conditions(select) if _is_state(part)]
        for one in states:
            if any(_is_other(tree, one, other) for other in states):
                yield Hit(tree.comparison(one), f"a change of {one.this.name} by a self-join: LAG labels every step")
                break


def _is_state(part: exp.Expr) -> TypeGuard[exp.EQ]:
    return isinstance(part, exp.EQ) and isinstance(part.this, exp.Column) and isinstance(part.expression, exp.Literal)


def _is_other(tree: Tree, one: exp.EQ, other: exp.EQ) -> bool:
    first, second = tree.field(one.this), tree.field(other.this)
    if first is None or second is None or first.column is None:
        return False
    same = (first.table, first.column) == (second.table, second.column)
    return same and one.this.table != other.this.table and one.expression.name != other.expression.name
