"""How a command starts: what is loaded, and in which order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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


@pytest.mark.parametrize("command", ["run", "list"])
def test_a_command_that_ends_at_once_has_printed_everything_and_has_its_code(command: str) -> None:
    program = (
        "import sys; from laglead import __main__ as entry;"
        "entry.run = lambda arguments: print('x' * 300000) or print('last', file=sys.stderr) or 7;"
        f"sys.argv = ['laglead', {command!r}]; entry.main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stdout), done.stderr.strip()) == (7, 300001, "last")


def test_nothing_slow_is_loaded_before_the_processes_of_a_check() -> None:
    program = (
        "import sys; before = set(sys.modules); import laglead.__main__, checker.process;"
        "print({'pathlib', 'dataclasses', 'inspect', 'typer', 'json'} & (set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


PLAIN_WORDS = """
import json, sys
from enum import StrEnum
from pathlib import Path
import typer
from laglead.plain_words import PlainCommand

Shade = StrEnum("Shade", "DARK LIGHT")

def command(word: str, file: Path, shade: Shade = Shade.DARK, other: Path | None = None, loud: bool = False,
            times: int = 1) -> None:
    print([word, file, shade, other, loud, times])

app = typer.Typer(rich_markup_mode=None)
app.command(cls=PlainCommand if sys.argv[1] == "plain" else None)(command)
for words in json.loads(sys.argv[2]):
    try:
        app(words, standalone_mode=False)
    except Exception as error:
        print(type(error).__name__, error)
    print("pydantic" in sys.modules, file=sys.stderr)
"""


def test_plain_words_mean_what_they_mean_to_typer_and_load_no_converter(tmp_path: Path) -> None:
    plain = [[], ["--shade", "light", "--loud"], ["--other", "nothing/there"]]
    others = [["--shade", "grey"], ["--times", "3"], ["--times", "many"], ["--other"]]
    lines = json.dumps([["x", str(tmp_path), *more] for more in (*plain, *others)])
    ours, theirs = (
        subprocess.run([sys.executable, "-c", PLAIN_WORDS, how, lines], capture_output=True, text=True, check=True)
        for how in ("plain", "typer")
    )
    assert ours.stdout == theirs.stdout
    assert len(set(ours.stdout.splitlines())) == len(plain) + len(others)
    assert ours.stderr.split()[: len(plain)] == ["False"] * len(plain)
