"""Draws one screen at a time without flicker, and a line about what is going on below it."""

from __future__ import annotations

import os
import sys

from laglead.terminal import paint, shorten, width

HOME, CLEAR, CLEAR_LINE, CLEAR_BELOW = "\033[H", "\033[2J", "\033[K", "\033[J"


class Screen:
    """What is shown; a terminal without cursor movements (TERM=dumb) gets one screen below the other."""

    def __init__(self) -> None:
        self._moves = os.environ.get("TERM", "dumb") != "dumb"
        self._prompt = ""
        self._noted = False

    def show(self, text: str, prompt: str, *, anew: bool = False) -> None:
        """Show a text and below it the prompt; `anew` where the terminal's size has changed."""
        self._prompt, self._noted = prompt, False
        if not self._moves:
            self._write(f"\n{'-' * (width() - 1)}\n{text}\n\n{prompt} ")
            return
        lines = f"{text}\n\n{prompt} ".split("\n")
        start = HOME + CLEAR if anew else HOME
        # Cleared before it is written: after a full line the last character would go, too.
        self._write(start + "\n".join(CLEAR_LINE + line for line in lines) + CLEAR_BELOW)

    def note(self, words: str) -> None:
        """Say what is going on in the place of the prompt; nothing puts the prompt back."""
        if self._moves and (words or self._noted):
            last = self._prompt.rpartition("\n")[2]
            shown = paint(shorten(words, width() - 1), "dim") if words else f"{last} "
            self._noted = bool(words)
            self._write(f"\r{CLEAR_LINE}{shown}")

    def leave(self, words: str) -> None:
        """The last line, on a line of its own."""
        self._write(f"\n{words}\n")

    @staticmethod
    def _write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
