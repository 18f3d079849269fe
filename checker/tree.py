"""One statement's syntax tree, walked once and indexed by node type, with exact spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from checker.lineage import Lineage
from checker.profile import Profile
from checker.sql_source import SourceText, Span
from checker.window import Window, is_call, resolve

Node = TypeVar("Node", bound=exp.Expr)
_OPEN = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE}
_CLOSE = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE}


class Tree:
    """A parsed statement; rules ask it for nodes by type, for spans and for lineage."""

    def __init__(self, root: exp.Expr, tokens: Sequence[Token], source: SourceText, profile: Profile | None) -> None:
        self.root = root
        self.source = source
        self._profile = profile
        self._tokens = tokens
        self._token_starts = [token.start for token in tokens]
        self._index: dict[type[exp.Expr], list[exp.Expr]] = {}
        for node in root.walk():
            self._index.setdefault(type(node), []).append(node)

    def nodes(self, *types: type[Node]) -> Iterator[Node]:
        """All nodes of these types and of their subtypes."""
        for kind, nodes in self._index.items():
            if issubclass(kind, types):
                yield from nodes  # type: ignore[misc]  # the index is keyed by the type

    @cached_property
    def lineage(self) -> Lineage:
        """Where columns come from; built when the first rule asks."""
        return Lineage(self.root, self._profile)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """All calls with OVER, with what is in force for them."""
        return tuple(resolve(node) for node in self.nodes(exp.Window) if is_call(node))

    def call_over(self, node: exp.Window) -> Span:
        """A window call: from the function's name through OVER and its brackets or its window's name."""
        span = self.call(resolve(node).function)
        index = bisect_left(self._token_starts, span.end)
        while index < len(self._tokens) and self._tokens[index].token_type != TokenType.OVER:
            index += 1
        if index + 1 >= len(self._tokens):
            return span
        after = self._tokens[index + 1]
        opens = after.token_type == TokenType.L_PAREN
        return Span(span.start, self._balanced(after.start, after.end + 1, through_call=opens).end)

    def span(self, node: exp.Expr) -> Span:
        """The text of an expression: from its first to its last token, brackets balanced."""
        marks = [child.meta for child in node.walk() if "start" in child.meta]
        if not marks:
            return self.span(node.parent) if node.parent is not None else Span(0, min(1, len(self.source.text)))
        start = min(mark["start"] for mark in marks)
        end = max(mark["end"] for mark in marks) + 1
        return self._balanced(start, end)

    def call(self, node: exp.Expr) -> Span:
        """A function call: from its name to its closing bracket."""
        name = node.meta.get("start")
        if name is None:
            return self.enclosing_call(self.span(node))
        return self._balanced(name, name + 1, through_call=True)

    def comparison(self, node: exp.Binary) -> Span:
        """A comparison: from its left to its right operand, windows with their OVER."""
        sides = [self._operand(node.this), self._operand(node.expression)]
        return Span(min(side.start for side in sides), max(side.end for side in sides))

    def _operand(self, node: exp.Expr) -> Span:
        inner = node.unnest()
        return self.call_over(inner) if isinstance(inner, exp.Window) else self.span(node)

    def enclosing_call(self, span: Span) -> Span:
        """The call whose bracket opens right before a stretch: `unnest(xs)` around `xs`."""
        index = bisect_left(self._token_starts, span.start)
        if index < 2 or self._tokens[index - 1].token_type != TokenType.L_PAREN:
            return span
        return self._balanced(self._tokens[index - 2].start, span.end)

    def through(self, span: Span, kind: TokenType) -> Span:
        """The span extended to the right through the next token of that kind, or as it is when there is none."""
        for token in self._tokens[bisect_left(self._token_starts, span.end) :]:
            if token.token_type == kind:
                return Span(span.start, token.end + 1)
        return span

    def back_to(self, span: Span, kind: TokenType) -> Span:
        """The span extended to the left from the nearest token of that kind, or as it is when there is none."""
        for token in reversed(self._tokens[: bisect_left(self._token_starts, span.start)]):
            if token.token_type == kind:
                return Span(token.start, span.end)
        return span

    def _balanced(self, start: int, end: int, *, through_call: bool = False) -> Span:
        """The stretch with every bracket it opens closed and every bracket it closes opened."""
        first = bisect_left(self._token_starts, start)
        depth, last, opened = 0, end, False
        for token in self._tokens[first:]:
            if token.start >= end and depth <= 0 and (opened or not through_call):
                break
            if token.token_type in _OPEN:
                depth, opened = depth + 1, True
            elif token.token_type in _CLOSE:
                if depth == 0:
                    if token.start >= end:
                        break
                    first = self._opening_before(first)
                else:
                    depth -= 1
            last = token.end + 1
        return Span(min(start, self._token_starts[first]), max(end, last))

    def _opening_before(self, index: int) -> int:
        while index > 0:
            index -= 1
            if self._tokens[index].token_type in _OPEN:
                return index
        return 0
