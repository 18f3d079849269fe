"""Reads rows that a person wrote: for each table its name, its columns, then a line for each row; cells end with |."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from checker.catalog import Catalog, Table
from checker.handmade import GivenRow, RowProblem

MOST_ROWS = 100
_RULE = frozenset("|-: ")


def parsed(text: str, catalog: Catalog) -> tuple[GivenRow, ...]:
    """The rows in the order of the lines; RowProblem with the line of what cannot be read."""
    rows: list[GivenRow] = []
    table: Table | None = None
    columns: Sequence[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#") or ("-" in stripped and set(stripped) <= _RULE):
            continue
        if _names_a_table(stripped, catalog, table, columns):
            table, columns = _table(stripped, number, catalog), None
        elif table is None:
            raise RowProblem(number, f"{stripped!r} belongs to no table; write the table's name on a line before it")
        elif columns is None:
            columns = _columns(_cells(stripped), number, table)
        else:
            rows.append(_row(_cells(stripped), number, table, columns))
        if len(rows) > MOST_ROWS:
            raise RowProblem(number, f"more than {MOST_ROWS} rows; a handful is enough")
    return tuple(rows)


def _names_a_table(line: str, catalog: Catalog, table: Table | None, columns: Sequence[str] | None) -> bool:
    """Whether a line begins a block: a word alone, where it is not the columns or a row of a table of one column."""
    if "|" in line:
        return False
    if line in catalog.tables or table is None:
        return True
    return columns is not None and len(columns) > 1


def _table(name: str, line: int, catalog: Catalog) -> Table:
    if name in catalog.tables:
        return catalog.tables[name]
    raise RowProblem(line, f"there is no table {name!r}{_nearest(name, catalog.tables)}")


def _columns(names: Sequence[str | None], line: int, table: Table) -> Sequence[str]:
    known = {column.name for column in table.columns}
    for name in names:
        if name is None or name not in known:
            raise RowProblem(line, f"{table.name} has no column {name!r}{_nearest(name or '', known)}")
    if len(set(names)) < len(names):
        raise RowProblem(line, "a column stands there twice; leave one out")
    return [name for name in names if name is not None]


def _row(cells: Sequence[str | None], line: int, table: Table, columns: Sequence[str]) -> GivenRow:
    if len(cells) != len(columns):
        raise RowProblem(line, f"there are {len(cells)} cells for {len(columns)} columns ({', '.join(columns)})")
    return GivenRow(table.name, line, dict(zip(columns, cells, strict=True)))


def _cells(line: str) -> list[str | None]:
    inner = line.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") and line.startswith("|") else inner
    return [_value(cell.replace("\\|", "|").strip()) for cell in re.split(r"(?<!\\)\|", inner)]


def _value(cell: str) -> str | None:
    """NULL for an empty cell or NULL; what stands between single quotes is taken as it is."""
    if cell in ("", "NULL"):
        return None
    if len(cell) > 1 and cell[0] == cell[-1] == "'":
        return cell[1:-1].replace("''", "'")
    return cell


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(known))}"
