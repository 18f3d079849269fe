"""The profile in a TOML file written for it.

[tables.orders]
keys = [["order_id"], ["customer_id", "position"]]   # each set of columns is unique
references = [["customer_id"]]                       # whose row it is

[tables.orders.columns]
order_id = {type = "BIGINT", nullable = false}
severity = {type = "VARCHAR", nullable = true, ordinal = true, values = ["low", "medium", "high"]}
sent_at = {type = "BIGINT", unit = "ms"}             # nullable left out: not known
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from checker.errors import SchemaBroken
from checker.profile import ColumnProfile, Profile, TableProfile

_TABLE = {"keys", "references", "columns"}
_COLUMN = {"type": str, "nullable": bool, "ordinal": bool, "values": list, "unit": str}


def profile(text: str) -> Profile:
    """The described tables; SchemaBroken when the text is not what is described above."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SchemaBroken(f"not TOML ({error})") from None
    tables = raw.get("tables")
    if not isinstance(tables, dict) or not tables:
        raise SchemaBroken("describes no [tables.<name>]")
    return Profile({name.lower(): _table(name, table) for name, table in tables.items()})


def _table(name: str, raw: Any) -> TableProfile:
    where = f"[tables.{name}]"
    _only(where, raw, _TABLE)
    columns = raw.get("columns", {})
    if not isinstance(columns, dict):
        raise SchemaBroken(f"{where} columns must be a table of columns")
    keys = _sets(where, "keys", raw.get("keys", []))
    return TableProfile(
        name=name.lower(),
        columns={column.lower(): _column(where, column, about) for column, about in columns.items()},
        keys=keys,
        references=_sets(where, "references", raw.get("references", [])),
        keys_known=bool(keys),
    )


def _column(where: str, name: str, raw: Any) -> ColumnProfile:
    _only(f"{where} column {name}", raw, set(_COLUMN))
    for key, value in raw.items():
        if not isinstance(value, _COLUMN[key]):
            raise SchemaBroken(f"{where} column {name}: {key} must be a {_COLUMN[key].__name__}, not {value!r}")
    return ColumnProfile(
        name=name.lower(),
        type=raw.get("type", ""),
        nullable=raw.get("nullable"),
        ordinal=raw.get("ordinal", False),
        values=tuple(str(value) for value in raw.get("values", [])),
        unit=raw.get("unit", ""),
    )


def _only(where: str, raw: Any, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise SchemaBroken(f"{where} must be a table, not {raw!r}")
    for key in raw:
        if key not in known:
            near = get_close_matches(key, sorted(known), n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
            raise SchemaBroken(f"{where} has no {key}: {hint}")
    return raw


def _sets(where: str, key: str, raw: Any) -> tuple[tuple[str, ...], ...]:
    if not isinstance(raw, list) or not all(isinstance(one, list) for one in raw):
        raise SchemaBroken(f'{where} {key} must be lists of columns, such as [["order_id"]]')
    return tuple(tuple(str(column).lower() for column in one) for one in raw)
