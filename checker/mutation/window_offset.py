"""Which other row a row looks at: LAG, LEAD and their arguments.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 'low', 5), (2, NULL, 7), (3, 'high', NULL), (4, 'low', 2)
    ) AS t(turn_index, risk, seconds);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changing
from checker.mutant import operator
from checker.tree import Tree

_MAY_SKIP_NULLS = (exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue)


@operator("W10", clause="LAG or LEAD", symmetric=True)
def look_at_another_row(tree: Tree) -> Iterator[Edit]:
    """You look at the wrong row: the next for the previous, two back for one, or the row itself.

    Before:
        SELECT turn_index, lag(risk) OVER (ORDER BY turn_index) AS before FROM turns
    After:
        SELECT turn_index, lead(risk) OVER (ORDER BY turn_index) AS before FROM turns
    """
    for call in tree.nodes(exp.Lag, exp.Lead):
        other = exp.Lead if isinstance(call, exp.Lag) else exp.Lag
        yield Edit(call, other(**{name: value.copy() for name, value in call.args.items() if value is not None}))
        offset = call.args.get("offset")
        number = int(offset.name) if isinstance(offset, exp.Literal) and offset.is_int else 1
        if offset is None or isinstance(offset, exp.Literal):
            for near in (number - 1, number + 1):
                yield changing(call, offset=exp.Literal.number(near))


@operator("W11", clause="the default of LAG or LEAD", symmetric=True)
def give_the_edge_a_value(tree: Tree) -> Iterator[Edit]:
    """You give LAG or LEAD the wrong default: the first row of a group has no row before it, and the answer shows that.

    Before:
        SELECT turn_index, lag(seconds) OVER (ORDER BY turn_index) AS before FROM turns
    After:
        SELECT turn_index, lag(seconds, 1, seconds) OVER (ORDER BY turn_index) AS before FROM turns
    """
    for call in tree.nodes(exp.Lag, exp.Lead):
        if call.args.get("default") is not None:
            yield changing(call, default=None)
        else:
            offset = call.args.get("offset") or exp.Literal.number(1)
            yield changing(call, offset=offset, default=call.this)


@operator("W12", clause="IGNORE NULLS", symmetric=True)
def skip_nulls(tree: Tree) -> Iterator[Edit]:
    """You skip rows without a value where they count, or stop at them where they do not.

    Before:
        SELECT turn_index, lag(risk) OVER (ORDER BY turn_index) AS before FROM turns
    After:
        SELECT turn_index, lag(risk IGNORE NULLS) OVER (ORDER BY turn_index) AS before FROM turns
    """
    for call in tree.nodes(*_MAY_SKIP_NULLS):
        wrapper = call.parent
        if isinstance(wrapper, exp.IgnoreNulls):
            yield Edit(wrapper, call.copy())
        elif isinstance(wrapper, exp.Window):
            yield Edit(call, exp.IgnoreNulls(this=call.copy()))
