"""A small practice log that the tests of a process share, and workspaces upon it."""

from __future__ import annotations

from pathlib import Path

import pytest

from laglead.__main__ import run
from laglead.workspace import Workspace, create


@pytest.fixture(scope="session")
def small_practice_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a log of 60 users, with all worlds; nobody writes into it."""
    folder = tmp_path_factory.mktemp("log") / "data"
    assert run(["generate", "--users", "60", "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def learner(tmp_path: Path, small_practice_log: Path) -> Workspace:
    """A workspace of its own, upon the shared log."""
    made, _ = create(tmp_path / "practice", str(small_practice_log))
    return made
