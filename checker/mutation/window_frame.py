"""Which rows of the group a window looks at: its frame.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, 10, 5), (2, 10, 7), (3, 20, 1), (5, 30, 2), (6, 30, NULL)
    ) AS t(turn_index, minute, seconds);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, changed, changing
from checker.mutant import operator
from checker.tree import Tree

_UNITS = ("ROWS", "RANGE", "GROUPS")
_MIRRORED = {"PRECEDING": "FOLLOWING", "FOLLOWING": "PRECEDING"}
_RUNNING = {"start": "UNBOUNDED", "start_side": "PRECEDING", "end": "CURRENT ROW"}


def add_running_frame(tree: Tree) -> Iterator[Edit]:
    """ROWS up to the current one, or the whole group, for a window that has an order and no frame."""
    for window in tree.nodes(exp.Window):
        if window.args.get("order") is not None and window.args.get("spec") is None:
            yield changing(window, spec=exp.WindowSpec(kind="ROWS", **_RUNNING))
            whole = {**_RUNNING, "end": "UNBOUNDED", "end_side": "FOLLOWING"}
            yield changing(window, spec=exp.WindowSpec(kind="ROWS", **whole))
            before = {**_RUNNING, "end": exp.Literal.number(1), "end_side": "PRECEDING"}
            yield changing(window, spec=exp.WindowSpec(kind="ROWS", **before))


@operator("W06", clause="the frame of a window", inverse=add_running_frame)
def drop_the_frame(tree: Tree) -> Iterator[Edit]:
    """You leave out the frame: the default runs up to the current row and all its ties.

    Before:
        SELECT minute, count(*) OVER (ORDER BY minute ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n FROM turns
    After:
        SELECT minute, count(*) OVER (ORDER BY minute) AS n FROM turns
    """
    for window in tree.nodes(exp.Window):
        spec = window.args.get("spec")
        if spec is not None:
            yield changing(window, at=spec, spec=None)


@operator("W07", clause="the frame of a window", symmetric=True)
def count_the_frame_in_another_unit(tree: Tree) -> Iterator[Edit]:
    """You count a frame in the wrong unit: ROWS are rows, RANGE is a distance in values, GROUPS are sets of ties.

    Before:
        SELECT minute, count(*) OVER (ORDER BY minute ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n FROM turns
    After:
        SELECT minute, count(*) OVER (ORDER BY minute RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n FROM turns
    """
    for spec in tree.nodes(exp.WindowSpec):
        for unit in _UNITS:
            if unit != str(spec.args.get("kind") or "").upper():
                yield changing(spec, kind=unit)


@operator("W08", clause="the frame of a window", symmetric=True)
def move_a_frame_bound(tree: Tree) -> Iterator[Edit]:
    """You put a bound of a frame one row off, on the wrong side, or nowhere at all.

    Before:
        SELECT turn_index, count(*) OVER (ORDER BY turn_index ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING) AS n FROM turns
    After:
        SELECT turn_index, count(*) OVER (ORDER BY turn_index ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS n FROM turns
    """
    for spec in tree.nodes(exp.WindowSpec):
        for bound in ("start", "end"):
            for value, side in _moved(spec.args.get(bound), spec.args.get(f"{bound}_side")):
                yield Edit(spec, changed(spec, **{bound: value, f"{bound}_side": side}))


def _moved(value: exp.Expr | str | None, side: str | None) -> Iterator[tuple[exp.Expr | str, str | None]]:
    words = str(value).upper()
    where = (side or "").upper()
    if words == "CURRENT ROW":
        yield exp.Literal.number(1), "PRECEDING"
        yield exp.Literal.number(1), "FOLLOWING"
    elif words == "UNBOUNDED":
        yield "CURRENT ROW", None
    elif isinstance(value, exp.Literal) and value.is_int:
        number = int(value.name)
        yield exp.Literal.number(number + 1), side
        yield (exp.Literal.number(number - 1), side) if number > 1 else ("CURRENT ROW", None)
        yield value, _MIRRORED.get(where, "PRECEDING")
        yield "UNBOUNDED", side


@operator("W09", clause="the frame of a window", symmetric=True)
def leave_out_the_current_row(tree: Tree) -> Iterator[Edit]:
    """You count the current row where it should not count, or leave it out where it should.

    Before:
        SELECT
            turn_index,
            count(*) OVER (ORDER BY turn_index ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS n
        FROM turns
    After:
        SELECT
            turn_index,
            count(*) OVER (ORDER BY turn_index ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) AS n
        FROM turns
    """
    for spec in tree.nodes(exp.WindowSpec):
        yield changing(spec, exclude=None if spec.args.get("exclude") else exp.var("CURRENT ROW"))
