"""A log of a dozen turns with eight tiny databases, and three exercises about it: what screens are tested on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from checker.dataset import NATIVE

CURRICULUM = Path(__file__).parent / "curriculum"
COLUMNS = {
    "conversation_id": "VARCHAR",
    "turn_index": "INTEGER",
    "user_id": "VARCHAR",
    "role": "VARCHAR",
    "created_at": "TIMESTAMPTZ",
    "text": "VARCHAR",
}
Turn = tuple[Any, ...]
LOG: list[Turn] = [
    ("c1", 1, "u1", "user", "2026-03-02 10:00:00Z", "Where is my order?"),
    ("c1", 2, "u1", "assistant", "2026-03-02 10:00:09Z", "It left yesterday."),
    ("c1", 3, "u1", "user", "2026-03-02 10:45:00Z", "And now?"),
    ("c1", 4, "u1", "assistant", "2026-03-02 10:45:04Z", None),
    ("c2", 1, "u2", "user", "2026-03-03 08:00:00Z", "translate: good morning"),
    ("c2", 2, "u2", "assistant", "2026-03-03 08:00:02Z", "おはようございます"),
    ("c3", 1, "u3", "user", "2026-03-03 09:00:00Z", "hello"),
    ("c3", 2, "u3", "assistant", "2026-03-03 09:00:01Z", "Hello! How can I help you today? "),
    ("c3", 3, "u3", "user", "2026-03-03 23:59:00Z", "no "),
    ("c3", 4, "u3", "user", "2026-03-04 00:29:00Z", "no "),
    ("c4", 1, None, "user", "2026-03-04 12:00:00Z", ""),
    (
        "c5",
        1,
        "u5",
        "user",
        "2026-03-05 12:00:00Z",
        "Which of the two reports is right, the one of March or the other?",
    ),
]
WORLDS: list[list[Turn]] = [
    [],
    [("a1", 1, "u1", "user", "2026-03-02 10:00:00Z", "one")],
    [
        ("a1", 1, "u1", "user", "2026-03-02 10:00:59Z", "one"),
        ("a1", 2, "u1", "user", "2026-03-02 10:31:00Z", "two"),
    ],
    [
        ("a1", 1, "u1", "user", "2026-03-02 10:00:00Z", "one"),
        ("a1", 2, "u1", "user", "2026-03-02 10:30:59Z", "two"),
    ],
    [
        ("a1", 1, "u1", "user", "2026-03-02 10:00:00Z", "one"),
        ("a1", 2, "u1", "assistant", "2026-03-02 10:20:00Z", "two"),
        ("a1", 3, "u1", "user", "2026-03-02 10:40:00Z", "three"),
    ],
    [
        ("a1", 1, "u1", "user", "2026-03-02 10:00:00Z", "one"),
        ("a1", 2, "u1", "user", "2026-03-02 10:00:00Z", "two"),
        ("a2", 1, "u1", "user", "2026-03-02 10:00:00Z", "one"),
    ],
    [
        ("a1", 1, "u1", "user", "2026-03-02 10:00:00Z", "one"),
        ("a1", 2, "u1", "user", "2026-03-03 10:00:00Z", "two"),
        ("a2", 1, "u2", "user", "2026-03-03 11:00:00Z", "one"),
    ],
]


def write(folder: Path, seed: int = 42) -> Path:
    """A data set in `folder` that can be opened and checked against; its worlds stand twice, as in every log."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(_manifest() | {"seed": seed}))
    described = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with duckdb.connect(str(folder / NATIVE)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"CREATE TABLE turns ({described})")
        connection.executemany("INSERT INTO turns VALUES (?, ?, ?, ?, ?::TIMESTAMPTZ, ?)", LOG)
        connection.execute("CREATE SCHEMA worlds")
        connection.execute(f"CREATE TABLE worlds.turns (world INTEGER NOT NULL, {described})")
        connection.execute(
            "CREATE TABLE worlds.world_list (world INTEGER, pair INTEGER, block VARCHAR, permutation INTEGER)"
        )
        for pair, rows in enumerate(WORLDS):
            for permutation in (0, 1):
                world = 2 * pair + permutation
                connection.execute("INSERT INTO worlds.world_list VALUES (?, ?, 'base', ?)", [world, pair, permutation])
                for row in reversed(rows) if permutation else rows:
                    connection.execute(
                        "INSERT INTO worlds.turns VALUES (?, ?, ?, ?, ?, ?::TIMESTAMPTZ, ?)", [world, *row]
                    )
    return folder


def _manifest() -> dict[str, Any]:
    columns = [{"name": name, "type": kind, "nullable": True, "meaning": name} for name, kind in COLUMNS.items()]
    keys = {"keys": [["conversation_id", "turn_index"]], "references": []}
    table = {"layer": "modelled", "grain": "one row per turn", "rows": len(LOG), **keys}
    return {
        "format": 1,
        "seed": 42,
        "plan": {"profile": "practice", "users": 6000, "weeks": 16, "start": "2026-01-05T00:00:00+00:00", "mess": {}},
        "tables": {"turns": {**table, "columns": columns, "files": []}},
        "worlds": {"files": [], "blocks": {"base": len(WORLDS)}},
    }
