"""A watch from its first screen to its last: looks at the file, listens to the keys, shows what the judge says."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checker.exercise import Exercise
from checker.verdict import Passed, Report
from laglead import after_pass, attempt, verdict_text, workspace
from laglead.after_pass import Worth
from laglead.terminal import width, wrapped
from laglead.watching import views
from laglead.watching.judge import Judge, Purpose, Request, Trouble
from laglead.watching.keyboard import END, Keyboard
from laglead.watching.saves import Saves
from laglead.watching.screen import Screen
from laglead.workspace import Workspace

LOOK_EVERY_SECONDS = 0.02
# Work on a text that is no longer in the file may end by itself for so long: a judge that starts anew is cold.
PATIENCE_SECONDS = {Purpose.CHECK: 0.5, Purpose.WORTH: 2.0, Purpose.WARM: 30.0}
QUIET_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Work:
    """What the judge does now, and the text that the file held when it began."""

    request: Request
    text: bytes | None
    began: float

    @property
    def is_check(self) -> bool:
        return self.request.purpose is Purpose.CHECK


class Session:
    """One exercise after the other, until the learner leaves."""

    def __init__(self, here: Workspace, keyboard: Keyboard, judge: Judge, screen: Screen) -> None:
        self._here, self._keyboard, self._judge, self._screen = here, keyboard, judge, screen
        self._work: Work | None = None
        self._due = False
        self._passed: Report | None = None  # whose cost nobody has measured yet
        self._shown: Report | None = None  # whose verdict is on the screen
        self._keys: dict[str, Callable[[], None]] = {
            "h": self._hint,
            "s": lambda: self._show(lambda: views.first(self._here, self._exercise)),
            "l": lambda: self._show(lambda: views.progress(self._here, self._exercise)),
            "e": lambda: self._show(lambda: views.explanation(self._exercise)),
            "r": self._again,
            "n": self._next,
        }

    def run(self, exercise: Exercise) -> None:
        """Watch from this exercise on; returns when the learner leaves."""
        self._begin(exercise)
        while True:
            for key in self._keyboard.keys(LOOK_EVERY_SECONDS, self._judge.fileno()):
                if key.lower() in ("q", END):
                    return
                self._keys.get(key.lower(), lambda: None)()
            if self._keyboard.resized:
                self._keyboard.resized = False
                self._draw(anew=True)
            self._due = self._saves.saved() or self._due
            self._take()
            self._go_on()

    def _begin(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._path, _ = self._here.begin(exercise)
        self._saves = Saves(self._path)
        self._due = not attempt.is_starter(exercise, _words(self._path))
        self._passed = None
        # The first save must find the expected results, and the known mistakes, in memory.
        self._to_warm = [*exercise.wrong[-1:], exercise.reference]
        self._show(lambda: views.first(self._here, exercise), anew=True)

    def _show(self, view: Callable[[], str], *, anew: bool = False) -> None:
        self._view, self._shown = view, None
        self._draw(anew=anew)

    def _draw(self, *, anew: bool = False) -> None:
        self._screen.show(self._view(), views.prompt(self._here, self._exercise), anew=anew)

    def _hint(self) -> None:
        text = views.hints(self._here, self._exercise)
        self._show(lambda: text)

    def _again(self) -> None:
        self._due = True

    def _next(self) -> None:
        following = attempt.upcoming(self._here, self._exercise)
        if following is None:
            self._screen.note("Everything is solved. Another log asks again: laglead check ID --seed 43")
        else:
            self._begin(following)

    def _go_on(self) -> None:
        """Give the judge what is due; take away what is in the way of it for too long."""
        if self._work is not None:
            waited = time.monotonic() - self._work.began
            if self._due and waited > PATIENCE_SECONDS[self._work.request.purpose]:
                self._judge.give_up()
                self._work = None
            elif waited > QUIET_SECONDS and (self._due or self._work.is_check):
                self._screen.note(f"checking {self._path.name} ... {waited:.0f} s")
        if self._work is None and self._due:
            self._due = False
            self._ask(Purpose.CHECK, self._path)
        elif self._work is None and self._passed is not None:
            self._ask(Purpose.WORTH, self._path)
        elif self._work is None and self._to_warm:
            self._ask(Purpose.WARM, self._to_warm.pop())

    def _ask(self, purpose: Purpose, answer: Path) -> None:
        request = Request(purpose, self._exercise.id, answer, self._here.data)
        self._work = Work(request, _bytes(self._path), time.monotonic())
        self._judge.ask(request)

    def _take(self) -> None:
        """Show what the judge says, unless the file or the exercise is another one by now."""
        found = self._judge.report() if self._work is not None else None
        if found is None or self._work is None:
            return
        done, self._work = self._work, None
        if done.request.exercise != self._exercise.id:
            return
        if done.is_check and _bytes(self._path) != done.text:
            self._due = True
        elif isinstance(found, Trouble) and done.request.purpose is not Purpose.WORTH:
            self._show(lambda: "\n".join(wrapped(found.message, width() - 1)))
        elif isinstance(found, Report) and done.is_check:
            attempt.note(self._here, self._exercise, found)
            self._passed = found if isinstance(found.verdict, Passed) else None
            self._show(lambda: self._verdict(found))
        elif done.request.purpose is Purpose.WORTH:
            self._add(found)

    def _add(self, worth: Report | Worth | Trouble) -> None:
        """Add to a right answer's screen, if it is still shown, what the answer costs."""
        report, self._passed = self._passed, None
        if report is not None and isinstance(worth, Worth) and self._shown is report:
            lines = after_pass.as_text(worth)
            self._show(lambda: "\n".join([self._verdict(report), *lines]))

    def _verdict(self, report: Report) -> str:
        self._shown = report
        return verdict_text.screen(report, self._exercise, workspace.shown(self._path), report.sql, "")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _words(path: Path) -> str:
    return (_bytes(path) or b"").decode("utf-8-sig", errors="replace")
