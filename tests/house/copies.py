"""The checkout these tests run in, how to copy it and how to run a command of a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
PARTS = ("checker", "exercises", "generator", "laglead", "pyproject.toml", "README.md", "LICENSE")


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder` with an empty home, as on a machine that never saw laglead."""
    kept: Mapping[str, str] = {
        name: value for name, value in os.environ.items() if not name.startswith(("LAGLEAD", "PYTHON", "XDG"))
    }
    home = folder / ".home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        command,
        cwd=folder,
        env={**kept, "HOME": str(home), "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def copy_into(folder: Path) -> Path:
    """Copy the packages and exercises into the new folder `folder`."""
    folder.mkdir()
    for name in PARTS:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def laglead(copy: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `laglead` as it stands in `copy`, from `folder`."""
    program = f"import sys; sys.path.insert(0, {str(copy)!r}); from laglead.__main__ import main; main()"
    return run([sys.executable, "-c", program, *arguments], folder)
