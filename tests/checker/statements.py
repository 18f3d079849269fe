"""The corpus in `hostile/`: one TOML file a class, one table a statement.

    [identifier]
    expect = "refuse"   refused, or an error of the engine, before anything ran
             "stop"     ended by a limit of time, memory or size, or refused
             "rows"     may run: it does no harm
             "chance"   may run, and is never judged right
             "escape"   its result is shown in safe characters
    sql = "..."         or `parts`: [[text, times], ...] in a row, where a text may itself be parts and `<n>`
                        counts from 1, `<m>` from 0; or `hex`: raw bytes
    note = "why it is here"

`<secrets>`, `<data>`, `<out>`, `<exercise>` and `<cache>` stand for folders, `<port>` for a listening port.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "hostile"


class Expect(Enum):
    REFUSE = "refuse"
    STOP = "stop"
    ROWS = "rows"
    CHANCE = "chance"
    ESCAPE = "escape"


@dataclass(frozen=True, slots=True)
class Statement:
    """One hostile or broken statement, as the bytes of an answer file."""

    name: str
    expect: Expect
    data: bytes

    def is_about(self, category: str) -> bool:
        """Whether it stands in this file of the corpus."""
        return self.name.startswith(f"{category}/")

    def placed(self, places: Mapping[str, object]) -> bytes:
        data = self.data
        for place, value in places.items():
            data = data.replace(f"<{place}>".encode(), str(value).encode())
        return data


def corpus() -> list[Statement]:
    """All statements in the order of the files."""
    return [
        _statement(f"{file.stem}/{name}", raw)
        for file in sorted(FOLDER.glob("*.toml"))
        for name, raw in tomllib.loads(file.read_text(encoding="utf-8")).items()
    ]


def _statement(name: str, raw: Mapping[str, Any]) -> Statement:
    if "hex" in raw:
        data = bytes.fromhex(raw["hex"])
    else:
        data = (raw["sql"] if "sql" in raw else _repeated(raw["parts"])).encode()
    return Statement(name, Expect(raw["expect"]), data)


def _repeated(parts: list[list[Any]]) -> str:
    written = []
    for what, times in parts:
        text = what if isinstance(what, str) else _repeated(what)
        written += [text.replace("<n>", str(n + 1)).replace("<m>", str(n)) for n in range(times)]
    return "".join(written)
