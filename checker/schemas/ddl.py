"""The profile in a file of CREATE TABLE statements."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from checker.errors import SchemaBroken
from checker.profile import ColumnProfile, Profile, TableProfile

_UNIQUE = (exp.PrimaryKeyColumnConstraint, exp.UniqueColumnConstraint)


def profile(text: str) -> Profile:
    """The tables created in `text`; SchemaBroken when it cannot be parsed or creates none.

    NOT NULL and PRIMARY KEY columns have no NULL. Where a table marks some columns NOT NULL, the
    others may hold NULL; where it marks none, nothing is known.
    """
    try:
        statements = parse(text, dialect="duckdb")
    except SqlglotError as error:
        raise SchemaBroken(str(error).splitlines()[0]) from None
    creates = [s for s in statements if isinstance(s, exp.Create) and isinstance(s.this, exp.Schema)]
    if not creates:
        raise SchemaBroken("creates no table")
    tables = [_table(create.this) for create in creates]
    schemas = {create.this.this.db.lower() for create in creates}
    return Profile({table.name: table for table in tables}, frozenset({"", "main", *schemas}))


def _table(schema: exp.Schema) -> TableProfile:
    definitions = [node for node in schema.expressions if isinstance(node, exp.ColumnDef)]
    keys = [*_column_keys(definitions), *_table_keys(schema)]
    in_primary = {name for node in schema.find_all(exp.PrimaryKey) for name in _names(node.expressions)}
    is_marked = any(_constraint(d, exp.NotNullColumnConstraint) is not None for d in definitions)
    columns = [_column(definition, in_primary, is_marked=is_marked) for definition in definitions]
    references = [tuple(_names(node.expressions)) for node in schema.find_all(exp.ForeignKey)]
    references += [(d.name.lower(),) for d in definitions if _constraint(d, exp.Reference) is not None]
    return TableProfile(
        name=schema.this.name.lower(),
        columns={column.name: column for column in columns},
        keys=tuple(keys),
        references=tuple(references),
        keys_known=bool(keys),
    )


def _column(definition: exp.ColumnDef, in_primary: set[str], *, is_marked: bool) -> ColumnProfile:
    name = definition.name.lower()
    mark = _constraint(definition, exp.NotNullColumnConstraint)
    primary = _constraint(definition, exp.PrimaryKeyColumnConstraint) is not None or name in in_primary
    if mark is not None:
        nullable: bool | None = bool(mark.args.get("allow_null"))
    else:
        nullable = False if primary else (True if is_marked else None)
    kind = definition.args.get("kind")
    return ColumnProfile(name, kind.sql(dialect="duckdb") if kind is not None else "", nullable)


def _constraint(definition: exp.ColumnDef, kind: type[exp.Expr]) -> exp.Expr | None:
    kinds = (constraint.args.get("kind") for constraint in definition.args.get("constraints") or ())
    return next((found for found in kinds if isinstance(found, kind)), None)


def _column_keys(definitions: list[exp.ColumnDef]) -> Iterator[tuple[str, ...]]:
    for definition in definitions:
        if any(_constraint(definition, kind) is not None for kind in _UNIQUE):
            yield (definition.name.lower(),)


def _table_keys(schema: exp.Schema) -> Iterator[tuple[str, ...]]:
    for node in schema.find_all(exp.PrimaryKey):
        yield tuple(_names(node.expressions))
    for unique in schema.find_all(exp.UniqueColumnConstraint):
        if isinstance(unique.this, exp.Schema):
            yield tuple(_names(unique.this.expressions))


def _names(nodes: list[exp.Expr]) -> list[str]:
    return [(node.this if isinstance(node, exp.Ordered) else node).name.lower() for node in nodes]
