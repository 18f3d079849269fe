"""Draws docs/verdict.svg: a real run of `laglead check` in a terminal of 80 columns (`make picture`).

It needs the practice log in data/ (`make start`). No font is fetched: the reader's own monospace draws it.
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

CHECKOUT = Path(__file__).resolve().parent.parent
ANSWER = "exercises/25_sessionization/10_sittings_30_minutes/wrong/boundary_is_a_new_sitting.sql"
COMMAND = ("check", "sittings_30_minutes", "--answer", ANSWER)
WITHOUT_FONTS = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def seen_in_a_terminal(arguments: tuple[str, ...]) -> str:
    """What a command writes to a terminal, colours included."""
    reading, terminal = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80", "NO_COLOR": ""}
    with subprocess.Popen(
        [sys.executable, "-m", "laglead", *arguments], cwd=CHECKOUT, env=environment, stdout=terminal
    ) as child:
        os.close(terminal)
        seen = b""
        try:
            while part := os.read(reading, 4096):
                seen += part
        except OSError:  # Linux ends a closed terminal by an error
            pass
    os.close(reading)
    if child.returncode not in (0, 1):
        sys.exit(f"laglead {' '.join(arguments)} ended with {child.returncode}. Run: make start")
    return seen.decode().replace("\r\n", "\n")


def main() -> None:
    """Write the picture."""
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text("$ laglead check sittings_30_minutes", style="bold"))
    console.print(Text.from_ansi(seen_in_a_terminal(COMMAND)))
    picture = console.export_svg(title="laglead", code_format=WITHOUT_FONTS, unique_id="laglead")
    (CHECKOUT / "docs" / "verdict.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
