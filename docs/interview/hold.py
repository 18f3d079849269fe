"""Holds the interview of docs/interview.md and draws its report (`make interview`; needs the practice log in data/).

What is typed stands in typed.txt; a line `@ FILE` puts that file of this folder in its place first. The session is
written to transcript.txt, the beginning of its report to report.svg. The clock is the real one.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data"
WANTED = ("--tracks", "sessionization", "--seed", "46")
WITHOUT_FONTS = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
SECONDS_BETWEEN_LINES = 1.0
HEIGHT = 62


def held(root: Path) -> str:
    """The whole session as it was shown, with the report at its end."""
    command = [sys.executable, "-m", "laglead", "interview", *WANTED]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        if child.stdin is None:
            raise RuntimeError("a pipe was asked for")
        for line in (HERE / "typed.txt").read_text(encoding="utf-8").splitlines():
            time.sleep(SECONDS_BETWEEN_LINES)
            if line.startswith("@ "):
                (folder,) = root.glob("interviews/*")
                shutil.copy(HERE / line.removeprefix("@ "), folder)
            else:
                child.stdin.write(f"{line}\n")
                child.stdin.flush()
        shown, _ = child.communicate()
    if child.returncode != 0:
        sys.exit(f"the interview ended with {child.returncode}. Run: make start")
    return shown


def main() -> None:
    """Write the transcript and the picture."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "laglead.toml").write_text(f'[workspace]\ndata = "{DATA}"\n', encoding="utf-8")
        shown = held(root)
    (HERE / "transcript.txt").write_text(shown, encoding="utf-8")
    report = shown[shown.index("Report  ") :].splitlines()[:HEIGHT]
    console = Console(record=True, width=82, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text("\n".join(report)))
    picture = console.export_svg(title="laglead interview", code_format=WITHOUT_FONTS, unique_id="interview")
    (HERE / "report.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
