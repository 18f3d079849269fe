"""The data dictionary: every table and column, from `generator/tables/`."""

from __future__ import annotations

from generator.model import Column, Table, tables

HEAD = (
    "# The tables\n\nWhat the practice log (seed 42) holds. The same text, with counts, comes from `laglead data`.\n"
    "NULL is the measured share of rows, and where they are; a test compares it with the log.\n"
)

LAYERS = {
    "landing": "Landing: one row per delivery of a message, as each API generation logged it",
    "unified": "Unified: the four versions in one schema, nothing repaired",
    "modelled": "Modelled: one row per turn of the active path",
    "side": "Side tables",
}


def page() -> str:
    """The page as markdown."""
    parts = [HEAD]
    for layer, title in LAYERS.items():
        parts.append(f"\n## {title}\n")
        parts += [_table(table) for table in tables().values() if table.layer == layer]
    return "".join(parts)


def _table(table: Table) -> str:
    keys = "; ".join(", ".join(f"`{name}`" for name in key) for key in table.keys) or "none: rows may repeat"
    head = f"\n### {table.name}\n\n{_sentence(table.grain)} Unique: {keys}.\n\n"
    rows = "".join(_row(column) for column in table.columns)
    return head + "| column | type | unit | NULL | meaning | oddity |\n|---|---|---|---|---|---|\n" + rows


def _row(column: Column) -> str:
    cells = (f"`{column.name}`", f"`{column.type}`", column.unit, column.null or "never", column.meaning, column.oddity)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
