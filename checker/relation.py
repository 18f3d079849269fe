"""What a table, a subquery or a CTE gives to the statement around it: its columns and its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlglot import exp

from checker.profile import Profile


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a relation.

    `table` and `column` name the base column it comes from unchanged, `expression` what computes it
    otherwise. `nullable` and `type` are None where unknown. `outer` says that an outer join may have
    put a NULL there.
    """

    name: str
    table: str | None = None
    column: str | None = None
    type: str | None = None
    nullable: bool | None = None
    ordinal: bool = False
    outer: bool = False
    expression: exp.Expr | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A set of rows.

    `keys` are sets of columns known to be unique; in the `grouped` ones among them NULL is a value like
    any other, because rows were grouped by them. `keys_known` says that there are no others, so that a
    set which covers none of them may really repeat. `rows` are pairs: who knows the first columns, none of
    them NULL, knows the second, because all are of one stored row. Without `complete`, further columns
    may exist; where `base` is given they are that table's.
    """

    fields: Mapping[str, Field] = field(default_factory=dict)
    keys: tuple[frozenset[str], ...] = ()
    keys_known: bool = False
    complete: bool = False
    base: str | None = None
    outer: bool = False
    grouped: tuple[frozenset[str], ...] = ()
    rows: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    def find(self, name: str) -> Field | None:
        """The column of that name, or None when it cannot be told."""
        found = self.fields.get(name)
        if found is None and not self.complete and self.base is not None:
            found = Field(name, table=self.base, column=name)
        if found is not None and self.outer:
            found = replace(found, outer=True, nullable=None if found.nullable is False else found.nullable)
        return found


def base_table(name: str, profile: Profile) -> Relation:
    """A stored table, with what the profile knows of it."""
    known = profile.tables.get(name)
    if known is None:
        return Relation(base=name)
    fields = {
        column.name: Field(
            column.name,
            table=name,
            column=column.name,
            type=column.type.upper(),
            nullable=column.nullable,
            ordinal=column.ordinal,
        )
        for column in known.columns.values()
    }
    keys = tuple(frozenset(key) for key in known.keys)
    rows = tuple((key, frozenset(fields)) for key in keys)
    return Relation(fields, keys, keys_known=known.keys_known, complete=True, base=name, rows=rows)
