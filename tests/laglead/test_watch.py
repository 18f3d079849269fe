"""The watch, through a real terminal: save, read the verdict, press keys, resize, leave."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pseudo_terminal import PseudoTerminal, is_running

from laglead import curriculum
from laglead.progress import Event, record, standing
from laglead.terminal import cells
from laglead.workspace import Workspace

SITTINGS = curriculum.find("sittings_30_minutes")
RIGHT = SITTINGS.reference.read_text()
WRONG = (SITTINGS.folder / "wrong" / "boundary_is_a_new_sitting.sql").read_text()
ENDLESS = """
SELECT 'c' AS conversation_id, count(*)::INTEGER AS sitting_no, NULL::TIMESTAMPTZ AS started_at,
    NULL::TIMESTAMPTZ AS ended_at, 1 AS user_turns
FROM range(1000000000000) AS numbers (n) WHERE n % 7 = 9
"""
KEYS = "h: hint  s: question  l: list  r: check again  n: next  q: quit"


@contextmanager
def watching(here: Workspace, arguments: tuple[str, ...] = ("1",), **environment: str) -> Iterator[PseudoTerminal]:
    shared = {"XDG_CACHE_HOME": str(here.data.parent / "cache")}
    terminal = PseudoTerminal(here.root, "watch", *arguments, **shared | environment)
    try:
        yield terminal
    finally:
        terminal.close()


def attempts(here: Workspace) -> list[str]:
    lines = [json.loads(line) for line in here.progress.read_text().splitlines()] if here.progress.exists() else []
    return [line["verdict"] for line in lines if line["event"] == "attempt"]


def test_a_day_of_a_learner(learner: Workspace) -> None:
    """The question, a wrong answer, a hint, the right answer, the map, the next exercise, and home."""
    answer = learner.answer(SITTINGS)
    with watching(learner) as terminal:
        first = terminal.see("One conversation, several sittings", KEYS)
        assert "Write your query into answers/sittings_30_minutes.sql and save it" in first
        assert answer.read_text() == SITTINGS.starter.read_text()

        answer.write_text(WRONG)
        wrong = terminal.see("✗ differs", KEYS)
        assert "a silence of exactly 30 minutes" in wrong
        assert len(wrong.rpartition("\n\n")[0].splitlines()) <= 20

        terminal.type("h")
        assert "The next hint" not in terminal.see("hint 1/3")
        terminal.type("h")
        terminal.see("hint 2/3: technique", "The next hint opens with your next attempt")

        answer.write_text(RIGHT)
        right = terminal.see("✓ passed", "e: why, other ways")
        assert "h: hint" not in right
        terminal.type("e")
        terminal.see("Traps", "e: why, other ways")
        terminal.type("l")
        terminal.see("◂ you are here", "1 of 6", "solved")
        terminal.type("n")
        terminal.see("answers/thirty_or_sixty.sql")
        terminal.type("q")
        assert terminal.end() == 0
        assert "Go on where you left off: laglead watch" in terminal.output
        assert terminal.is_restored()
    assert attempts(learner) == ["differs", "passed"]


def test_success_stays_on_the_screen_until_a_key_is_pressed(learner: Workspace) -> None:
    with watching(learner) as terminal:
        terminal.see(KEYS)
        learner.answer(SITTINGS).write_text(RIGHT)
        passed = terminal.see("✓ passed", "on the whole log", "the reference", "q: quit")
        time.sleep(0.3)
        assert terminal.screen() == passed


def test_every_way_of_saving_is_a_save(learner: Workspace) -> None:
    """In place, by renaming, by deleting and writing anew, many times in a moment, and in two halves."""
    answer = learner.answer(SITTINGS)
    other = answer.with_name("new.sql")
    with watching(learner) as terminal:
        terminal.see(KEYS)
        answer.write_text("SELECT in_place FROM turns")
        terminal.see('"in_place" not found')
        other.write_text("SELECT renamed FROM turns")
        other.replace(answer)
        terminal.see('"renamed" not found')
        answer.unlink()
        answer.write_text("SELECT made_anew FROM turns")
        terminal.see('"made_anew" not found')
        for number in range(10):
            answer.write_text(f"SELECT number_{number} FROM turns")
            time.sleep(0.005)
        terminal.see('"number_9" not found')
        with answer.open("w") as file:
            file.write("SELECT half_written,")
            file.flush()
            time.sleep(0.06)
            file.write(" whole FROM turns")
        terminal.wait(lambda shown: "half_written" in shown and "syntax" not in shown)
        answer.unlink()
        terminal.see("answers/sittings_30_minutes.sql: the file is gone. Save it again")
        answer.write_text("SELECT back_again FROM turns")
        terminal.see('"back_again" not found')
    assert "number_0" not in terminal.output


def test_a_save_during_a_long_check_ends_that_check(learner: Workspace) -> None:
    answer = learner.answer(SITTINGS)
    with watching(learner) as terminal:
        answer.write_text(ENDLESS)
        terminal.see("checking sittings_30_minutes.sql")
        terminal.type("l")
        terminal.see("Where you are")
        answer.write_text("SELECT quick FROM turns")
        terminal.see('"quick" not found')
    assert attempts(learner) == ["error"]


def test_the_same_text_again_is_checked_but_is_no_new_attempt(learner: Workspace) -> None:
    learner.begin(SITTINGS)
    learner.answer(SITTINGS).write_text(WRONG)
    with watching(learner) as terminal:
        terminal.see("✗ differs")
        terminal.type("h")
        terminal.see("hint 1/3")
        terminal.type("r")
        terminal.see("✗ differs", KEYS)
    assert standing(learner.progress, SITTINGS).attempts == 1


def test_a_smaller_terminal_gets_a_smaller_screen(learner: Workspace) -> None:
    with watching(learner) as terminal:
        terminal.see(KEYS)
        terminal.resize(60, 30)
        shown = terminal.wait(lambda shown: max(map(cells, shown.splitlines()), default=80) <= 60)
        assert "Write your query" in shown


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_ends_it_leaves_no_process_and_a_working_terminal(learner: Workspace, ending: signal.Signals) -> None:
    with watching(learner) as terminal:
        terminal.see(KEYS)
        learner.answer(SITTINGS).write_text(ENDLESS)
        terminal.see("checking")
        started = terminal.descendants()
        assert started
        if ending is signal.SIGINT:
            terminal.type("\x03")
        else:
            terminal.process.send_signal(ending)
        assert terminal.end() == 128 + ending
        assert terminal.is_restored()
        assert "Traceback" not in terminal.output
        until = time.monotonic() + 20
        while any(map(is_running, started)) and time.monotonic() < until:
            time.sleep(0.01)
        assert not any(map(is_running, started))


def test_a_judging_process_that_was_killed_is_replaced(learner: Workspace) -> None:
    with watching(learner) as terminal:
        terminal.see(KEYS)
        learner.answer(SITTINGS).write_text(WRONG)
        terminal.see("✗ differs")
        for process in terminal.descendants():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        learner.answer(SITTINGS).write_text(RIGHT)
        terminal.wait(lambda shown: "✓ passed" in shown or "Press r to try again" in shown)
        terminal.type("r")
        terminal.see("✓ passed")


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colour_there_is_none(learner: Workspace, environment: dict[str, str]) -> None:
    with watching(learner, **environment) as terminal:
        terminal.see(KEYS)
        learner.answer(SITTINGS).write_text(WRONG)
        terminal.see("✗ differs", KEYS)
        terminal.type("l")
        terminal.see("you are here")
    assert "\x1b[1m" not in terminal.output
    assert "m\x1b" not in terminal.output
    if environment.get("TERM") == "dumb":
        assert "\x1b" not in terminal.output


def test_without_a_terminal_it_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "laglead", "watch", "1"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "watch needs a terminal" in done.stderr
    assert "laglead check ID" in done.stderr


def test_without_an_id_it_goes_on_where_the_learner_left_off(learner: Workspace) -> None:
    record(learner.progress, curriculum.find("think_time"), Event.ATTEMPT, verdict="differs")
    with watching(learner, arguments=()) as terminal:
        terminal.see("answers/think_time.sql")
