"""A copy of the house for each module of tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from copies import copy_into


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages and exercises, into which a test may drop a unit."""
    return copy_into(tmp_path_factory.mktemp("house") / "laglead")
