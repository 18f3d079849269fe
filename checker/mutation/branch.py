"""CASE: which branch a row takes, and what becomes of the rest.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 'low'), (2, 'medium'), (3, 'high'), (4, NULL)
    ) AS t(turn_index, risk);
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sqlglot import exp

from checker.edit import Edit, changed, changing, without
from checker.mutant import operator
from checker.tree import Tree


def give_the_rest_a_value(tree: Tree) -> Iterator[Edit]:
    """ELSE 0, where CASE has none."""
    for case in tree.nodes(exp.Case):
        if case.args.get("default") is None:
            yield changing(case, default=exp.Literal.number(0))


@operator("C01", clause="ELSE", inverse=give_the_rest_a_value)
def drop_else(tree: Tree) -> Iterator[Edit]:
    """You leave CASE without ELSE, so that the rest becomes NULL.

    Before:
        SELECT turn_index, CASE WHEN risk = 'high' THEN 1 ELSE 0 END AS is_high FROM turns
    After:
        SELECT turn_index, CASE WHEN risk = 'high' THEN 1 END AS is_high FROM turns

    As a repair: you give the rest of a CASE a value, where it should stay NULL.
    """
    for case in tree.nodes(exp.Case):
        if case.args.get("default") is not None:
            yield changing(case, default=None)


@operator("C02", clause="CASE", symmetric=True)
def take_another_branch(tree: Tree) -> Iterator[Edit]:
    """You forget a branch of a CASE, or give two branches each other's value.

    Before:
        SELECT turn_index, CASE WHEN risk = 'high' THEN 2 WHEN risk = 'low' THEN 0 ELSE 1 END AS level FROM turns
    After:
        SELECT turn_index, CASE WHEN risk = 'high' THEN 0 WHEN risk = 'low' THEN 2 ELSE 1 END AS level FROM turns
    """
    for case in tree.nodes(exp.Case):
        branches = case.args["ifs"]
        for branch in branches if len(branches) > 1 else ():
            yield changing(case, at=branch, ifs=without(branches, branch))
        for first, second in pairwise(branches):
            swapped = {id(first): second, id(second): first}
            twins = [changed(b, true=swapped[id(b)].args["true"]) if id(b) in swapped else b for b in branches]
            yield changing(case, at=first, ifs=twins)
        default = case.args.get("default")
        if default is not None and branches:
            last = branches[-1]
            twins = [*branches[:-1], changed(last, true=default)]
            yield changing(case, at=last, ifs=twins, default=last.args["true"])
