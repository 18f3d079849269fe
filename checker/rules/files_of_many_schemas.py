"""Several files read as one without `union_by_name`: columns that the first file lacks are dropped.

**Why it bites.** Each version of the API adds fields. The schema is the first file's, and what later
files know more is gone without a word. In preview: the files may be alike.

Setup:

    COPY (SELECT 1 AS id) TO 'events_1.parquet' (FORMAT parquet);
    COPY (SELECT 2 AS id, 'low' AS risk) TO 'events_2.parquet' (FORMAT parquet);

Fires:

    SELECT * FROM read_parquet('events_*.parquet')
    --            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

Quiet:

    SELECT * FROM read_parquet('events_*.parquet', union_by_name = true)

Effect: differs

Allow it when all the files have the same columns.

Source: DuckDB documentation, "Combining Schemas".
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs, Repair
from checker.tree import Tree
from checker.verdict import Edit, Severity, Span

ID = "SCH001"
SEVERITY = Severity.WARNING
PROOF = None  # other columns cannot be set beside each other row by row
NEEDS = Needs.TREE
PREVIEW = True
REPAIR = Repair.UNSAFE

_READERS = {"read_json", "read_json_auto", "read_csv", "read_csv_auto", "read_parquet", "read_ndjson"}


def check(tree: Tree) -> Iterator[Hit]:
    """The readers of a pattern or a list of files that do not unite by name."""
    for table in tree.nodes(exp.Table):
        reader = table.this
        named = isinstance(reader, exp.ReadParquet | exp.ReadCSV)
        if not named and not (isinstance(reader, exp.Anonymous) and reader.name.lower() in _READERS):
            continue
        files = [part for part in reader.find_all(exp.Literal) if part.is_string]
        many = reader.find(exp.Array) is not None or any("*" in part.name for part in files[:1])
        if many and not any(c.name.lower() == "union_by_name" for c in reader.find_all(exp.Column)):
            closing = tree.call(reader).end - 1
            fix = REPAIR(Edit(Span(closing, closing), ", union_by_name = true"))
            message = "the first file's columns are taken, what others have more is dropped: union_by_name = true"
            yield Hit(tree.call(reader), message, fix)
