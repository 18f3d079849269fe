"""The tokens of a text: stretches with their brackets balanced, and the words around a stretch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sqlglot.tokenizer_core import Token, TokenType

from checker.verdict import Span

OPEN = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE}
CLOSE = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE}


class Tokens:
    """All tokens of a text in order; spans go in and come out."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.all = tokens
        self._starts = [token.start for token in tokens]

    def index(self, offset: int) -> int:
        """The number of the first token at or after a code point."""
        return bisect_left(self._starts, offset)

    def after(self, span: Span) -> Sequence[Token]:
        """The tokens to the right of a stretch."""
        return self.all[self.index(span.end) :]

    def within(self, span: Span) -> Sequence[Token]:
        """The tokens of a stretch."""
        return self.all[self.index(span.start) : self.index(span.end)]

    def before(self, span: Span) -> Span:
        """The token to the left of a stretch."""
        token = self.all[max(0, self.index(span.start) - 1)]
        return Span(token.start, token.end + 1)

    def through(self, span: Span, kind: TokenType) -> Span:
        """The span extended to the right through the next token of that kind, or as it is when there is none."""
        for token in self.all[self.index(span.end) :]:
            if token.token_type == kind:
                return Span(span.start, token.end + 1)
        return span

    def back_to(self, span: Span, kind: TokenType) -> Span:
        """The span extended to the left from the nearest token of that kind, or as it is when there is none."""
        for token in reversed(self.all[: self.index(span.start)]):
            if token.token_type == kind:
                return Span(token.start, span.end)
        return span

    def enclosing_call(self, span: Span) -> Span:
        """The call around a stretch: `unnest(xs)` around `xs`, `extract(hour FROM t)` around `t`."""
        opening = self.opening_before(self.index(span.start))
        if opening == 0 or self.all[opening].token_type != TokenType.L_PAREN:
            return span
        return self.balanced(self.all[opening - 1].start, span.end)

    def balanced(self, start: int, end: int, *, through_call: bool = False) -> Span:
        """The stretch with every bracket it opens closed and every bracket it closes opened."""
        first = self.index(start)
        depth, last, opened = 0, end, False
        for token in self.all[first:]:
            if token.start >= end and depth <= 0 and (opened or not through_call):
                break
            if token.token_type in OPEN:
                depth, opened = depth + 1, True
            elif token.token_type in CLOSE:
                if depth == 0:
                    if token.start >= end:
                        break
                    first = self.opening_before(first)
                else:
                    depth -= 1
            last = token.end + 1
        return Span(min(start, self._starts[first]), max(end, last))

    def opening_before(self, index: int) -> int:
        """The nearest bracket to the left that is not closed before that token; 0 when there is none."""
        depth = 0
        while index > 0:
            index -= 1
            kind = self.all[index].token_type
            if kind in OPEN and depth == 0:
                return index
            depth += (kind in CLOSE) - (kind in OPEN)
        return 0
