"""Whether rows are filtered before or after a window has seen them.

Setup:
    CREATE TABLE turns AS SELECT * FROM (VALUES
        ('c1', 1, 'user', 'low'), ('c1', 2, 'assistant', NULL), ('c1', 3, 'user', 'high'), ('c1', 4, 'user', 'high')
    ) AS t(conversation_id, turn_index, role, risk);
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.edit import Edit, chain, changed, changing, operand, parts, without
from checker.mutant import operator
from checker.tree import Tree


def _windows(select: exp.Select) -> bool:
    places = (*select.expressions, select.args.get("qualify"))
    return any(place is not None and place.find(exp.Window) is not None for place in places)


@operator("W15", clause="QUALIFY")
def drop_qualify(tree: Tree) -> Iterator[Edit]:
    """You number the rows and then keep all of them.

    Before:
        SELECT turn_index, risk FROM turns QUALIFY row_number() OVER (PARTITION BY risk ORDER BY turn_index) = 1
    After:
        SELECT turn_index, risk FROM turns
    """
    for select in tree.nodes(exp.Select):
        qualify = select.args.get("qualify")
        if qualify is not None:
            yield changing(select, at=qualify, qualify=None)


def _after(tree: Tree) -> Iterator[Edit]:
    for select in tree.nodes(exp.Select):
        where = select.args.get("where")
        if where is None or not _windows(select) or select.args.get("group") is not None:
            continue
        conditions = parts(where.this)
        for condition in conditions:
            if condition.find(exp.Query) is not None:
                continue
            kept = chain(without(conditions, condition))
            late = select.args.get("qualify")
            tests = [condition, *(parts(late.this) if late is not None else ())]
            yield Edit(
                select,
                changed(
                    select,
                    where=None if kept is None else exp.Where(this=kept),
                    qualify=exp.Qualify(this=chain(tests)),
                ),
                condition,
            )


def _before(tree: Tree) -> Iterator[Edit]:
    for select in tree.nodes(exp.Select):
        qualify = select.args.get("qualify")
        for condition in parts(qualify.this) if isinstance(qualify, exp.Qualify) else ():
            if condition.find(exp.Window) is None and isinstance(qualify, exp.Qualify):
                yield _moved_into_where(select, qualify, condition)
        where = select.args.get("where")
        source = _windowed_source(tree, select)
        for condition in parts(where.this) if where is not None and source is not None else ():
            inside = _inside(condition, source) if source is not None else None
            if inside is not None and source is not None:
                yield Edit(source, _filtered(source, inside), condition)


def _moved_into_where(select: exp.Select, qualify: exp.Qualify, condition: exp.Expr) -> Edit:
    kept = chain(without(parts(qualify.this), condition))
    early = _filtered(select, condition)
    early.set("qualify", None if kept is None else exp.Qualify(this=kept))
    return Edit(select, early, condition)


def _filtered(select: exp.Select, condition: exp.Expr) -> exp.Select:
    where = select.args.get("where")
    tests = [*(parts(where.this) if where is not None else ()), operand(condition)]
    return changed(select, where=exp.Where(this=chain(tests)))


def _windowed_source(tree: Tree, select: exp.Select) -> exp.Select | None:
    """The SELECT with windows that this one reads and nothing else does."""
    start = select.args.get("from_")
    if start is None or select.args.get("joins") or not isinstance(start.this, exp.Table):
        return None
    name = start.this.name.lower()
    readers = [table for table in tree.nodes(exp.Table) if table.name.lower() == name]
    for cte in tree.nodes(exp.CTE):
        body = cte.this
        if cte.alias.lower() == name and isinstance(body, exp.Select) and len(readers) == 1 and _windows(body):
            return None if body.args.get("group") is not None else body
    return None


def _inside(condition: exp.Expr, source: exp.Select) -> exp.Expr | None:
    """The condition in the columns of the source, None where it asks for what a window computed."""
    given = {item.alias_or_name.lower(): item.unalias() for item in source.expressions}
    star = any(isinstance(item, exp.Star) for item in source.expressions)
    if condition.find(exp.Query) is not None:
        return None
    twin = condition.copy()
    for column in list(twin.find_all(exp.Column)):
        meant = given.get(column.name.lower())
        if meant is None and not star:
            return None
        if meant is not None and not isinstance(meant, exp.Column):
            return None
    return twin.transform(lambda node: _renamed(node, given))


def _renamed(node: exp.Expr, given: dict[str, exp.Expr]) -> exp.Expr:
    if isinstance(node, exp.Column):
        meant = given.get(node.name.lower())
        return meant.copy() if meant is not None else exp.column(node.this.copy())
    return node


@operator("W16", clause="a filter and a window", inverse=_before)
def filter_after_the_window(tree: Tree) -> Iterator[Edit]:
    """You filter rows after a window has seen them: they are still numbered, counted and "previous".

    Before:
        SELECT turn_index, row_number() OVER (ORDER BY turn_index) AS place FROM turns WHERE role = 'user'
    After:
        SELECT turn_index, row_number() OVER (ORDER BY turn_index) AS place FROM turns QUALIFY role = 'user'
    """
    yield from _after(tree)


@operator("W17", clause="a filter and a window", inverse=_after)
def filter_before_the_window(tree: Tree) -> Iterator[Edit]:
    """You filter rows before a window sees them, so that "previous" skips those that were filtered away.

    Before:
        WITH looked_back AS (
            SELECT turn_index, role, lag(role) OVER (ORDER BY turn_index) AS before FROM turns
        )
        SELECT turn_index, before FROM looked_back WHERE role = 'user'
    After:
        WITH looked_back AS (
            SELECT turn_index, role, lag(role) OVER (ORDER BY turn_index) AS before FROM turns WHERE role = 'user'
        )
        SELECT turn_index, before FROM looked_back WHERE role = 'user'
    """
    yield from _before(tree)
