"""A difference that is squared may be taken either way round.

Proof: b - a is -(a - b), and an even power or an absolute value of x is that of -x, for floats to the last
bit. Where one side is NULL both differences are.

Setup:
    CREATE TABLE arms AS SELECT * FROM (VALUES (8.0, 5.5), (4.0, 5.5), (NULL, 1.0)) AS t(observed, expected);

Proves A08:
    SELECT sum(pow(observed - expected, 2) / expected) AS chi_square FROM arms
    SELECT sum(pow((expected - observed), 2) / expected) AS chi_square FROM arms

Leaves A08:
    SELECT sum(pow(observed - expected, 3) / expected) AS skew FROM arms
    SELECT sum(pow((expected - observed), 3) / expected) AS skew FROM arms

Proves A08:
    SELECT abs(observed - expected) AS gap FROM arms
    SELECT abs(expected - observed) AS gap FROM arms
"""

from __future__ import annotations

from sqlglot import exp

from checker.mutant import Mutant
from checker.tree import Tree


def holds(_tree: Tree, mutant: Mutant) -> bool:
    """Whether the sides of a difference were exchanged whose sign is lost at once."""
    node, other = mutant.edit.node, mutant.edit.replacement
    if mutant.operator.id != "A08" or not isinstance(node, exp.Sub) or not isinstance(other, exp.Sub):
        return False
    around = node.parent
    while isinstance(around, exp.Paren):
        around = around.parent
    if isinstance(around, exp.Abs):
        return True
    power = around.expression if isinstance(around, exp.Pow) and around.this.unnest() is node else None
    return isinstance(power, exp.Literal) and power.is_int and int(power.name) % 2 == 0
