"""UNNEST of a list that can be NULL or empty: the rows with nothing in the list disappear.

**Why it bites.** Some messages have no content blocks. A count of blocks per message should say 0
for them; after UNNEST they are not there at all, so the mean is too high and the messages that
went wrong are the ones that cannot be seen. `LEFT JOIN unnest(...) ON TRUE` keeps them. The rule
speaks where the row's own columns are in the result and nothing asks for elements only.

Setup:

    CREATE TABLE message_events AS SELECT * FROM (VALUES
        ('m1', [{'type': 'text'}, {'type': 'tool_use'}]), ('m2', [{'type': 'text'}]), ('m3', []), ('m4', NULL)
    ) AS t(message_id, content);

Fires:

    SELECT message_id, block FROM message_events, unnest(content) AS blocks(block)
    --                                            ^^^^^^^^^^^^^^^

Quiet:

    SELECT message_id, block FROM message_events LEFT JOIN unnest(content) AS blocks(block) ON TRUE

Effect: differs

Allow it when rows without elements shall not be in the result.

Source: DuckDB documentation, "Unnesting": empty and NULL lists give no row.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.probe import kept_by_left_join
from checker.rule import Hit, Needs
from checker.scope import Scope
from checker.tree import Tree
from checker.verdict import Proof, Severity, Span

ID = "UNN001"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
PROOF = Proof.REPAIR

_ASKS = (exp.Where, exp.Having, exp.Qualify, exp.Filter, exp.Case, exp.If)


def check(tree: Tree) -> Iterator[Hit]:
    """The unnested columns that the profile shows to hold NULL, whose row's own columns are in the result."""
    for node in tree.nodes(exp.Unnest, exp.Explode):
        column = _list_column(node)
        scope = tree.lineage.scope(node)
        if column is None or scope is None or not _may_be_null(scope, column) or _is_kept(node):
            continue
        if _shows_the_row(scope, node, column) and not _wants_elements(tree, scope, node, column):
            message = f"rows whose {column.name} is NULL or empty disappear: LEFT JOIN unnest(...) ON TRUE keeps them"
            span = tree.call(node) if "start" in node.meta else _with_name(tree, column)
            probe = kept_by_left_join(tree, node, span) if isinstance(node, exp.Unnest) else None
            yield Hit(span, message, probe=probe)


def _with_name(tree: Tree, column: exp.Column) -> Span:
    return tree.tokens.enclosing_call(tree.span(column))


def _list_column(node: exp.Expr) -> exp.Column | None:
    value = node.expressions[0] if isinstance(node, exp.Unnest) and node.expressions else node.this
    return value if isinstance(value, exp.Column) else None


def _may_be_null(scope: Scope, column: exp.Column) -> bool:
    field = scope.resolve(column)
    return field is not None and field.nullable is True and (field.type or "").endswith("]")


def _is_kept(node: exp.Expr) -> bool:
    """LEFT JOIN keeps the row; a subquery in an expression, or one that is itself joined LEFT, loses none."""
    join = node.find_ancestor(exp.Join, exp.Select)
    if isinstance(join, exp.Join) and join.side.upper() in ("LEFT", "FULL"):
        return True
    select = node.find_ancestor(exp.Select)
    around = select.parent if select is not None else None
    while isinstance(around, exp.Subquery | exp.Lateral | exp.Paren | exp.SetOperation):
        if isinstance(around.parent, exp.Join) and around.parent.side.upper() in ("LEFT", "FULL"):
            return True
        around = around.parent
    if isinstance(around, exp.CTE):
        return _is_looked_up(around)
    return around is not None and not isinstance(around, exp.From | exp.Join)


def _is_looked_up(cte: exp.CTE) -> bool:
    """Whether every row's absence is made good by a LEFT JOIN on the CTE."""
    statement = cte.root()
    return any(
        isinstance(table.parent, exp.Join) and table.parent.side.upper() in ("LEFT", "FULL")
        for table in statement.find_all(exp.Table)
        if table.name.lower() == cte.alias.lower()
    )


def _shows_the_row(scope: Scope, node: exp.Expr, column: exp.Column) -> bool:
    """Whether a column of the list's own row, the list aside, is given by the SELECT."""
    place = scope.place(column)
    if place is None:
        return False
    for projection in scope.select.expressions:
        if isinstance(projection.unalias(), exp.Star):
            return True
        for other in projection.find_all(exp.Column):
            found = scope.place(other)
            aggregated = other.find_ancestor(exp.AggFunc, exp.Select)
            if found is not None and found[0] == place[0] and found != place and aggregated is scope.select:
                return True
    return False


def _wants_elements(tree: Tree, scope: Scope, node: exp.Expr, column: exp.Column) -> bool:
    """Whether any condition of the statement looks at the list or at what came out of it."""
    names = {column.name.lower(), *_element_names(node)}
    for projection in scope.select.expressions:
        if any(part.name.lower() in names or part.table.lower() in names for part in projection.find_all(exp.Column)):
            names.add(projection.alias_or_name.lower())
        if projection.find(exp.Explode) is not None:
            names.add(projection.alias_or_name.lower())
    names.discard("")
    asked = (part for condition in tree.nodes(*_ASKS) for part in condition.find_all(exp.Column))
    joined = (
        part for join in tree.nodes(exp.Join) if join.args.get("on") for part in join.args["on"].find_all(exp.Column)
    )
    return any(part.name.lower() in names or part.table.lower() in names for parts in (asked, joined) for part in parts)


def _element_names(node: exp.Expr) -> set[str]:
    holder = node.parent if isinstance(node.parent, exp.Lateral) else node
    alias = holder.args.get("alias")
    if not isinstance(alias, exp.TableAlias):
        return set()
    return {alias.name.lower(), *(name.name.lower() for name in alias.args.get("columns") or ())} - {""}
