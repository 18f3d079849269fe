"""The manifest tells what a data set holds, and verify finds what is no longer so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from generator import manifest
from generator.errors import ManifestError
from generator.model import tables


@pytest.fixture
def copied(small_log: Path, tmp_path: Path) -> Path:
    """A copy of the small log that a test may damage."""
    return Path(shutil.copytree(small_log, tmp_path / "copy"))


def rewrite(path: Path, column: str, value: object) -> None:
    """Change the first value of a column of a file."""
    table = pq.read_table(path)
    values = [value, *table[column].to_pylist()[1:]]
    place = table.schema.get_field_index(column)
    field = table.schema.field(place)
    pq.write_table(table.set_column(place, field, pa.array(values, field.type)), path)


def test_a_fresh_data_set_is_what_its_manifest_says(small_log: Path) -> None:
    assert manifest.verify(small_log) == ()


def test_the_manifest_embeds_the_schema_of_every_table(small_log: Path) -> None:
    raw = manifest.read(small_log).raw
    assert set(raw["tables"]) == set(tables())
    for name, table in tables().items():
        described = raw["tables"][name]["columns"]
        assert [(c["name"], c["type"], c["nullable"]) for c in described] == [
            (c.name, c.type, c.nullable) for c in table.columns
        ]
        assert raw["tables"][name]["exact_rows"] == table.exact_rows
        assert table.exact_rows in (None, raw["tables"][name]["rows"])


def test_a_compression_that_differs_is_no_difference(copied: Path) -> None:
    path = copied / "tables" / "turns" / "part-00000.parquet"
    pq.write_table(pq.read_table(path), path, compression="none", row_group_size=1000)
    assert manifest.verify(copied) == ()


def test_verify_names_the_table_and_the_first_column_that_differ(copied: Path) -> None:
    path = copied / "tables" / "turns" / "part-00000.parquet"
    rewrite(path, "topic", "astrology")
    rewrite(path, "status", 418)
    (found,) = manifest.verify(copied)
    assert (found.table, found.column) == ("turns", "topic")
    assert str(found).startswith("turns.topic: its values are not those that were written")


def test_a_null_that_became_empty_is_found(copied: Path) -> None:
    path = copied / "tables" / "feedback" / "part-00000.parquet"
    table = pq.read_table(path)
    comments = [comment or "" for comment in table["comment"].to_pylist()]
    place = table.schema.get_field_index("comment")
    pq.write_table(table.set_column(place, table.schema.field(place), pa.array(comments, pa.string())), path)
    assert [(m.table, m.column) for m in manifest.verify(copied)] == [("feedback", "comment")]


def test_rows_that_are_missing_are_found(copied: Path) -> None:
    path = copied / "tables" / "users" / "part-00000.parquet"
    pq.write_table(pq.read_table(path).slice(1), path)
    assert [m.table for m in manifest.verify(copied)] == ["users"]


def test_a_file_that_is_missing_or_cut_is_named(copied: Path) -> None:
    (copied / "tables" / "incidents" / "part-00000.parquet").unlink()
    cut = copied / "tables" / "exposures" / "part-00000.parquet"
    cut.write_bytes(cut.read_bytes()[:1000])
    found = manifest.verify(copied)
    assert [m.table for m in found] == ["exposures", "incidents"]
    assert all("part-00000.parquet is missing or damaged" in str(m) for m in found)


def test_a_changed_world_is_found(copied: Path) -> None:
    rewrite(copied / "worlds" / "turns.parquet", "topic", "astrology")
    assert [(m.table, m.column) for m in manifest.verify(copied)] == [("worlds.turns", "topic")]


def test_a_changed_answer_is_found(copied: Path) -> None:
    rewrite(copied / "_truth" / "ledger-00000.parquet", "kind", "none")
    assert [(m.table, m.column) for m in manifest.verify(copied)] == [("_truth", "kind")]


def test_a_file_that_nobody_wrote_is_found(copied: Path) -> None:
    tables = copied / "tables" / "turns"
    shutil.copy(tables / "part-00000.parquet", tables / "part-00007.parquet")
    assert [str(m) for m in manifest.verify(copied)] == [
        "turns: tables/turns/part-00007.parquet is not in the manifest"
    ]


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 2}', '{"format": 1}'])
def test_a_manifest_that_is_none_says_so_and_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(ManifestError, match="run `laglead generate`"):
        manifest.read(tmp_path)


def test_a_folder_without_a_manifest_holds_no_data_set(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="there is no data set here"):
        manifest.read(tmp_path)


def test_null_counts_are_those_of_the_files(small_log: Path) -> None:
    raw = json.loads((small_log / "manifest.json").read_text())
    table = pq.read_table(small_log / "tables" / "turns")
    assert {c["name"]: c["nulls"] for c in raw["tables"]["turns"]["columns"]} == {
        name: table[name].null_count for name in table.schema.names
    }
