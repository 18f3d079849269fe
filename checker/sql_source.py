"""The text of a statement: where its lines, comments and tokens are, in code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from checker.verdict import Span

_LINE_END = re.compile(r"\r\n|\n|\r")
_LEXEME = re.compile(
    r"""[eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$
      | (?P<comment>--[^\r\n]*) | /\*.*?\*/ | (?P<open>[(\[{]) | (?P<close>[)\]}])""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A line comment: its text after the dashes and its 1-based line."""

    text: str
    line: int
    span: Span


class SourceText:
    """A text with its line starts; lines end in LF, CR LF or CR, and a tab is one column."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a code point."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The code point at a 1-based line and column."""
        return self._starts[line - 1] + column - 1

    def comments(self) -> list[Comment]:
        """The line comments outside of strings, in order."""
        return [
            Comment(match["comment"][2:].strip(), self.position(match.start())[0], Span(*match.span()))
            for match in _LEXEME.finditer(self.text)
            if match["comment"] is not None
        ]

    def is_deeper_than(self, most: int) -> bool:
        """Whether brackets outside of strings and comments are nested more than so deep."""
        return sum(map(self.text.count, "([{")) > most and self._depth() > most

    def _depth(self) -> int:
        deepest = current = 0
        for match in _LEXEME.finditer(self.text):
            if match["open"]:
                current += 1
                deepest = max(deepest, current)
            elif match["close"]:
                current -= 1
        return deepest
