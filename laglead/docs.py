"""Writes the pages of docs/ that follow from code: `python -m laglead.docs [--check]`.

One module in `laglead/pages/` is one page; its presence registers it. `--check` writes nothing and
exits 1 when a page differs from what the code says.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

from laglead import pages

FOLDER = Path(__file__).resolve().parent.parent / "docs"
NOTICE = "<!-- Written by `make docs`; change the code, not this page. -->\n\n"


def rendered() -> dict[str, str]:
    """Every generated page: file name to text, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(pages.__path__))
    return {f"{name}.md": NOTICE + importlib.import_module(f"laglead.pages.{name}").page() for name in names}


def outdated(folder: Path) -> list[str]:
    """The names of pages in `folder` that differ from what the code says."""
    return [name for name, text in rendered().items() if _read(folder / name) != text]


def write(folder: Path) -> None:
    """Write every generated page into `folder`."""
    for name, text in rendered().items():
        (folder / name).write_text(text, encoding="utf-8")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def main() -> int:
    """Write the pages, or with --check name those that are out of date."""
    if "--check" not in sys.argv[1:]:
        write(FOLDER)
        return 0
    stale = outdated(FOLDER)
    for name in stale:
        print(f"docs/{name} is out of date. Run: make docs", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
