"""What is known of the data a statement reads: column types, NULLs, scales and keys, without reading a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column; `ordinal` says that its values have an order but no distances.

    `nullable` is None where nobody says it; `values` of an ordinal column stand in their order.
    """

    name: str
    type: str
    nullable: bool | None
    ordinal: bool = False
    values: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableProfile:
    """One table; `keys` are unique where not NULL, `references` are the columns of its foreign keys.

    `keys_known` says that there are no other keys, so that what covers none of them may repeat.
    """

    name: str
    columns: Mapping[str, ColumnProfile]
    keys: tuple[tuple[str, ...], ...] = ()
    references: tuple[tuple[str, ...], ...] = ()
    keys_known: bool = True

    def entities(self) -> frozenset[str]:
        """The columns that say whose row it is: foreign keys and all but the last column of a composite key."""
        of_keys = {column for key in self.keys for column in key[:-1]}
        return frozenset(of_keys | {column for reference in self.references for column in reference})


@dataclass(frozen=True, slots=True)
class Profile:
    """All tables by name, and the schemas they may be read from; names are lower-case, as the engine compares."""

    tables: Mapping[str, TableProfile]
    schemas: frozenset[str] = frozenset({"", "main"})

    def column(self, table: str | None, name: str | None) -> ColumnProfile | None:
        """The column of that table, None where there is none."""
        known = self.tables.get(table or "")
        return known.columns.get(name or "") if known is not None else None

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Profile:
        """The profile in a manifest (its `tables`); KeyError or TypeError when the manifest is not one."""
        return cls({name.lower(): _table(name.lower(), raw) for name, raw in manifest["tables"].items()})


def _table(name: str, raw: Mapping[str, Any]) -> TableProfile:
    columns = [_column(column) for column in raw["columns"]]
    return TableProfile(
        name=name,
        columns={column.name: column for column in columns},
        # A table of one row has the empty key: it is joined without a condition on purpose.
        keys=((),) if raw.get("exact_rows") == 1 else _sets(raw["keys"]),
        references=_sets(r["columns"] for r in raw.get("references", ())),
    )


def _sets(raw: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(column.lower() for column in one) for one in raw)


def _column(raw: Mapping[str, Any]) -> ColumnProfile:
    return ColumnProfile(
        name=raw["name"].lower(),
        type=raw["type"],
        nullable=bool(raw["nullable"]),
        ordinal=bool(raw.get("ordinal", False)),
        values=tuple(raw.get("values") or ()),
        unit=str(raw.get("unit") or ""),
    )
