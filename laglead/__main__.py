"""The entry point: runs a command, and turns whatever ends it into one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress


def main() -> None:
    """The console script."""
    _open_closed_streams()
    _forget_the_working_directory()
    waited_for = _start_ahead(sys.argv[1:])
    code = run(sys.argv[1:])
    if waited_for:
        _end(code)
    sys.exit(code)


def _open_closed_streams() -> None:
    """Let a stream that the caller closed (`>&-`) lead nowhere; the next file opened would take its number."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _end(code: int) -> None:
    """End now: taking an interpreter apart that nobody needs any more takes a tenth of a check."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # what could not be printed, `run` has said
            if stream is not None:
                stream.flush()
    os._exit(code)


def _forget_the_working_directory() -> None:
    # A duckdb.py beside somebody's answers must never be imported.
    here = os.path.realpath(os.curdir)
    sys.path[:] = [entry for entry in sys.path if (entry and os.path.realpath(entry) != here) or _is_ours(entry)]


def _is_ours(entry: str) -> bool:
    return bool(entry) and os.path.isfile(os.path.join(entry, "laglead", "__main__.py"))  # noqa: PTH113, PTH118 - see process


def _start_ahead(arguments: Sequence[str]) -> bool:
    """Start the processes of a check, to load while this one loads its command line; whether there are any."""
    needed = {"check": ("LINT", "QUERY"), "run": ("QUERY",)}.get(arguments[0] if arguments else "", ())
    if needed and "--help" not in arguments:
        from checker.process import Role, start_ahead  # noqa: PLC0415 - after the path is safe

        start_ahead(*(Role[name] for name in needed))
    return bool(needed)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code, never raises."""
    from laglead import endings  # noqa: PLC0415 - after the path is safe
    from laglead.app import build  # noqa: PLC0415
    from laglead.errors import INTERRUPTED  # noqa: PLC0415

    try:
        code = build(arguments)(list(arguments), prog_name="laglead", standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:
            # Typer has already turned Ctrl-C into this code, without a word.
            return endings.end(KeyboardInterrupt(), json_wanted=endings.wants_json(arguments))
        return code if isinstance(code, int) else 0
    except BaseException as error:
        return endings.end(error, json_wanted=endings.wants_json(arguments))


if __name__ == "__main__":
    main()
