"""LEFT JOIN ... WHERE x IS NULL on a column that may be NULL in a partner too.

**Why it bites.** "Answers without feedback" by `WHERE f.comment IS NULL` also finds the answers whose
feedback has no comment, nine out of ten. Test a column that a partner always has, its key.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES ('m1'), ('m2')) AS t(message_id);
    CREATE TABLE feedback AS SELECT * FROM (VALUES ('m1', NULL)) AS t(message_id, comment);

Fires:

    SELECT t.message_id
    FROM turns AS t LEFT JOIN feedback AS f ON f.message_id = t.message_id
    WHERE f.comment IS NULL
    --    ^^^^^^^^^

Quiet:

    SELECT t.message_id
    FROM turns AS t LEFT JOIN feedback AS f ON f.message_id = t.message_id
    WHERE f.message_id IS NULL

Effect: differs

Allow it when partners without the value are wanted too.

Source: SQL:2016, 7.10 joined table.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.predicates import conjuncts
from checker.rule import Hit, Needs, Repair
from checker.scope import Place, Scope
from checker.tree import Tree
from checker.verdict import Edit, Severity

ID = "JOI008"
SEVERITY = Severity.WARNING
NEEDS = Needs.PROFILE
REPAIR = Repair.UNSAFE


def check(tree: Tree) -> Iterator[Hit]:
    """The IS NULL tests of a joined table's nullable column, where nothing else of that table is used."""
    for where in tree.nodes(exp.Where):
        scope = tree.scope(where)
        for part in conjuncts(where.this) if scope is not None and where.parent is scope.select else ():
            if not isinstance(part, exp.Is) or not isinstance(part.expression, exp.Null) or scope is None:
                continue
            column = part.this.unnest()
            place = scope.place(column) if isinstance(column, exp.Column) else None
            if place is None or not _is_anti_join(scope, place, where):
                continue
            keys = sorted(name for _, (alias, name) in scope.implied if alias == place[0])
            fix = REPAIR(Edit(tree.span(column), f"{place[0]}.{keys[0]}")) if keys else None
            message = f"{place[1]} may be NULL in a partner too: test the column that {place[0]} is joined by"
            yield Hit(tree.span(column), message, fix)


def _is_anti_join(scope: Scope, place: Place, where: exp.Where) -> bool:
    source = scope.sources[place[0]]
    field = source.fields.get(place[1])
    if not source.outer or field is None or field.nullable is not True:
        return False
    if any(place in pair for pair in scope.implied):
        return False
    used = {
        scope.place(column) for projection in scope.select.expressions for column in projection.find_all(exp.Column)
    }
    shown = any(p is not None and p[0] == place[0] for p in used) or scope.select.is_star
    return not shown and not any(p[0] == place[0] for p in scope.not_null)
