"""How a command starts: what is loaded, and in which order."""

from __future__ import annotations

import subprocess
import sys

import pytest


def test_a_command_that_is_named_first_loads_no_other() -> None:
    program = (
        "import sys; from laglead.app import commands; from laglead import cli;"
        "print([m.__name__.rpartition('.')[2] for m in commands(arguments=['check', 'run'])],"
        " 'laglead.cli.run' in sys.modules, len(commands(arguments=['--help', 'check'])) == len(commands()) > 10)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['check'] False True"


def test_the_processes_of_a_check_start_before_the_command_line_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    from checker import process  # noqa: PLC0415
    from checker.process import Role  # noqa: PLC0415
    from laglead.__main__ import _start_ahead  # noqa: PLC0415

    monkeypatch.setattr(process, "_ahead", {})
    for words in ([], ["list"], ["check", "--help"]):
        _start_ahead(words)
    assert process._ahead == {}
    _start_ahead(["check", "1"])
    ahead = [processes[0] for processes in process._ahead.values()]
    assert {process.start(role).pid for role in (Role.LINT, Role.QUERY)} == {one.pid for one in ahead}
    for one in ahead:
        one.stop()
