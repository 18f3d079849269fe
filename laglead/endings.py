"""What a person reads when a command ends by an exception: one clear line, never a traceback."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from typer.exceptions import TyperException

from checker.errors import AnswerMissing, CheckerError, DatasetMissing
from generator.errors import GeneratorError
from laglead.errors import FAULT, INTERRUPTED, MISTAKE, Stop
from laglead.terminal import clean


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for JSON, known even when it cannot be parsed."""
    return "--format=json" in arguments or ("--format", "json") in pairwise(arguments)


def end(error: BaseException, *, json_wanted: bool) -> int:
    """Say what `error` means and return the exit code."""
    # Typer turns a closed pipe into exit code 1, which here means a wrong answer.
    if _is_closed_pipe(error) or _is_closed_pipe(error.__context__):
        return _close_quietly()
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else FAULT
    code, message = _meaning(error)
    if not json_wanted or not _printed({"error": {"message": message, "exit_code": code}}):
        print(clean(message), file=sys.stderr)
    _let_go_of_what_cannot_be_printed()
    if os.environ.get("LAGLEAD_DEBUG"):
        traceback.print_exception(error)
    return code


def _let_go_of_what_cannot_be_printed() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        # Otherwise it fails once more when the interpreter ends, with an exit code of its own.
        _close_quietly()


def _printed(value: dict[str, Any]) -> bool:
    try:
        print(json.dumps(value), flush=True)
    except OSError:
        # stdout is full or gone: what it still buffers must not fail again at exit.
        _close_quietly()
        return False
    return True


def _meaning(error: BaseException) -> tuple[int, str]:
    for kind, code, words in _MEANINGS:
        if isinstance(error, kind):
            return getattr(error, "code", code), words(error)
    return FAULT, _ours(error)


def _usage(error: TyperException) -> str:
    # Typer's own words name the option; pydantic's prefix within them says nothing.
    text = error.format_message().replace("Value error, ", "").strip()
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "laglead"
    return f"{text.rstrip('.') or 'That is not a command line'}. Try: {command} --help"


def _disk(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"{place}the disk is full. What was there before is untouched; free some space and try again."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"{place}no permission. Check who owns it, then try again (laglead doctor)."
    return f"{place}{error.strerror or error}. Check the path, then try again."


def _ours(error: BaseException) -> str:
    return (
        f"Something went wrong that is our fault: {type(error).__name__}: {error}. "
        "Please report it with the output of LAGLEAD_DEBUG=1."
    )


_Words = Callable[[Any], str]
_MEANINGS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], int, _Words], ...] = (
    (KeyboardInterrupt, INTERRUPTED, lambda _: "Stopped. Nothing was lost."),
    (Stop, FAULT, str),
    (TyperException, MISTAKE, _usage),
    ((DatasetMissing, AnswerMissing, GeneratorError), MISTAKE, str),
    (CheckerError, FAULT, str),
    (OSError, FAULT, _disk),
)


def _is_closed_pipe(error: BaseException | None) -> bool:
    return isinstance(error, OSError) and error.errno == errno.EPIPE


def _close_quietly() -> int:
    # `laglead list | head -1`: the reader left; Python must not complain at exit.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
