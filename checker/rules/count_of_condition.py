"""COUNT of a condition, or of CASE ... ELSE 0: it counts the false ones too.

**Why it bites.** COUNT counts what is not NULL, and false is not NULL. "High risk turns" by
`count(risk = 'high')` is the number of labelled turns. `count_if` counts what is true.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES (1, 'low'), (2, NULL), (3, 'high')) AS t(turn_index, risk);

Fires:

    SELECT count(risk = 'high') AS high_risk FROM turns
    --     ^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT count_if(risk = 'high') AS high_risk FROM turns

Effect: differs

Allow it never.

Source: SQL:2016, 10.9 aggregate function: COUNT leaves out NULL, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from checker.literals import literal_number
from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Fix, Severity, Span

ID = "NUL010"
SEVERITY = Severity.ERROR
NEEDS = Needs.TREE
REPAIR = Repair.SAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The counts of comparisons and of CASEs whose ELSE is zero or false."""
    for node in tree.nodes(exp.Count):
        value = node.this.unnest() if isinstance(node.this, exp.Expr) else None
        if isinstance(value, exp.Predicate | exp.Connector | exp.Not) and not isinstance(value, exp.SubqueryPredicate):
            message = "COUNT counts the false ones too: count_if counts what is true"
            yield Hit(tree.call(node), message, REPAIR(Edit(tree.word(node), "count_if")))
        elif isinstance(value, exp.Case) and _is_zero(value.args.get("default")):
            yield Hit(tree.call(node), "COUNT counts the zeros of ELSE too: leave ELSE out", _fix(tree, value))


def _is_zero(default: exp.Expr | None) -> bool:
    return literal_number(default) == 0 or (isinstance(default, exp.Boolean) and not default.this)


def _fix(tree: Tree, case: exp.Case) -> Fix:
    end = tree.case(case).end - len("END")
    word = tree.tokens.back_to(Span(end, end), TokenType.ELSE).start
    return REPAIR(Edit(Span(word, end), ""))
