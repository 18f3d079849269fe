"""The logical hash tells values apart, and nothing but values."""

from __future__ import annotations

import pyarrow as pa
import pytest

from generator.digest import TableDigest

LISTS = pa.list_(pa.struct([("type", pa.string()), ("text", pa.string())]))
COLUMNS = {
    "words": pa.array(["one", None, "", "two\u0301", "three"]),
    "counts": pa.array([1, None, 0, -5, 2**40], pa.int64()),
    "flags": pa.array([True, None, False, True, True]),
    "times": pa.array([0, None, 1, 2, 3], pa.timestamp("us", tz="UTC")),
    "shares": pa.array([0.0, None, 0.5, -1.0, 1e300]),
    "blocks": pa.array([[{"type": "text", "text": "a"}], None, [], [None, {"type": None, "text": ""}], []], LISTS),
}
TABLE = pa.table(COLUMNS)


def hashes(*pieces: pa.Table) -> dict[str, str]:
    digest = TableDigest(pieces[0].schema)
    for piece in pieces:
        digest.update(piece)
    return digest.columns()


@pytest.mark.parametrize("cut", range(6))
def test_pieces_hash_as_the_whole(cut: int) -> None:
    assert hashes(TABLE.slice(0, cut), TABLE.slice(cut)) == hashes(TABLE)


def test_what_lies_hidden_under_a_null_does_not_count() -> None:
    hidden = pa.array(["one", "hidden", "", "two\u0301", "three"])
    validity = pa.array([True, False, True, True, True]).buffers()[1]
    masked = pa.StringArray.from_buffers(5, *hidden.buffers()[1:], validity)
    assert hashes(pa.table({"words": masked})) == hashes(pa.table({"words": COLUMNS["words"]}))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("words", ["one", "", None, "two\u0301", "three"]),
        ("words", ["on", None, "e", "two\u0301", "three"]),
        ("words", ["one", None, "", "tw\u00f3", "three"]),
        ("counts", [1, 0, None, -5, 2**40]),
        ("flags", [True, False, None, True, True]),
        ("blocks", [[], None, [{"type": "text", "text": "a"}], [None, {"type": None, "text": ""}], []]),
        ("blocks", [[{"type": "text", "text": "a"}], [], None, [None, {"type": None, "text": ""}], []]),
        ("blocks", [[{"type": "text", "text": "a"}], None, [], [None, {"type": "", "text": None}], []]),
    ],
)
def test_other_values_have_another_hash(name: str, other: list[object]) -> None:
    changed = pa.table({name: pa.array(other, COLUMNS[name].type)})
    assert hashes(changed) != hashes(pa.table({name: COLUMNS[name]}))


def test_the_hash_of_a_value_stays_what_it_was() -> None:
    assert hashes(pa.table({"words": COLUMNS["words"]})) == {"words": "a9bd828709f8337c1dc711022541cd0f"}
