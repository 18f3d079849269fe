"""One statement's syntax tree, walked once and indexed by node type, with exact spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from checker.expression_type import Family
from checker.lineage import Lineage
from checker.profile import Profile
from checker.relation import Field
from checker.scope import Scope
from checker.sql_source import SourceText
from checker.verdict import Span
from checker.window import Window, is_call, resolve

Node = TypeVar("Node", bound=exp.Expr)
_OPEN = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE}
_CLAUSES = {"PARTITION", "ORDER", "ROWS", "RANGE", "GROUPS"}
_CLOSE = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE}


class Tree:
    """A parsed statement; rules ask it for nodes by type, for spans and for lineage."""

    def __init__(self, root: exp.Expr, tokens: Sequence[Token], source: SourceText, profile: Profile | None) -> None:
        self.root = root
        self.source = source
        self.has_profile = profile is not None
        self.profile = profile or Profile({})
        self._tokens = tokens
        self._token_starts = [token.start for token in tokens]
        self._found: dict[tuple[type[exp.Expr], ...], list[exp.Expr]] = {}
        self._index: dict[type[exp.Expr], list[exp.Expr]] = {}
        for node in root.walk():
            self._index.setdefault(type(node), []).append(node)

    def nodes(self, *types: type[Node]) -> list[Node]:
        """All nodes of these types and of their subtypes."""
        if types not in self._found:
            kinds = [nodes for kind, nodes in self._index.items() if issubclass(kind, types)]
            self._found[types] = [node for nodes in kinds for node in nodes]
        return self._found[types]  # type: ignore[return-value]  # the index is keyed by the type

    @cached_property
    def lineage(self) -> Lineage:
        """Where columns come from; built when the first rule asks."""
        return Lineage(self.root, self.profile)

    def scope(self, node: exp.Expr) -> Scope | None:
        """The SELECT a node stands in, None when it stands in none that was understood."""
        return self.lineage.scope(node)

    def field(self, expression: exp.Expr) -> Field | None:
        """The column that an expression is, None when it is none or cannot be told."""
        inner, scope = expression.unnest(), self.scope(expression)
        return scope.resolve(inner) if scope is not None and isinstance(inner, exp.Column) else None

    def nullable(self, expression: exp.Expr) -> bool | None:
        """Whether an expression can be NULL where it stands; None when it cannot be told."""
        scope = self.scope(expression)
        return scope.nullable(expression) if scope is not None else None

    def family(self, expression: exp.Expr) -> Family | None:
        """The family of an expression's type where it stands; None when it cannot be told."""
        scope = self.scope(expression)
        return scope.family(expression) if scope is not None else None

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

    def window_clause(self, node: exp.Window, *words: str) -> Span | None:
        """The clause of a window's own brackets that begins with one of these words: ORDER, ROWS."""
        call = self.call_over(node)
        inside, depth, started = False, 0, None
        for token in self.tokens_in(call):
            inside = inside or token.token_type == TokenType.OVER
            if not inside:
                continue
            depth += (token.token_type in _OPEN) - (token.token_type in _CLOSE)
            word = token.text.upper().partition(" ")[0]
            if started is not None and (depth == 0 or (depth == 1 and word in _CLAUSES)):
                return Span(started, self._token_before(token).end + 1)
            if depth == 1 and word in words:
                started = token.start
        return None

    def tokens_in(self, span: Span) -> Sequence[Token]:
        """The tokens of a stretch."""
        first, last = bisect_left(self._token_starts, span.start), bisect_left(self._token_starts, span.end)
        return self._tokens[first:last]

    def _token_before(self, token: Token) -> Token:
        return self._tokens[max(0, bisect_left(self._token_starts, token.start) - 1)]

    def text(self, node: exp.Expr) -> str:
        """An expression as it is written."""
        span = self.span(node)
        return self.source.text[span.start : span.end]

    def cast(self, node: exp.Cast) -> Span:
        """A cast, in each of its three forms: CAST(x AS t), x::t, t 'x'."""
        inside = self.span(node.this)
        after = self.tokens_in(Span(inside.end, inside.end + 8))
        if after and after[0].token_type == TokenType.ALIAS:
            return self.enclosing_call(inside)
        if after and after[0].token_type == TokenType.DCOLON:
            named = self._tokens[bisect_left(self._token_starts, after[0].end + 1)]
            return Span(inside.start, named.end + 1)
        before = self._tokens[max(0, bisect_left(self._token_starts, inside.start) - 1)]
        return Span(before.start, inside.end)

    def moment(self, node: exp.Expr) -> Span:
        """A call that may be written without brackets: `now()`, `current_date`."""
        start = node.meta["start"]
        index = bisect_left(self._token_starts, start)
        opens = index + 1 < len(self._tokens) and self._tokens[index + 1].token_type == TokenType.L_PAREN
        return self.call(node) if opens else Span(start, self._tokens[index].end + 1)

    def source_of(self, join: exp.Join) -> Span:
        """What is joined: a table with its alias, or a subquery."""
        return self.span(join.this)

    def subquery(self, node: exp.Subquery) -> Span:
        """A subquery with its brackets."""
        inside = self.span(node.this)
        opening = bisect_left(self._token_starts, inside.start)
        while opening > 0:
            opening = self._opening_before(opening)
            if self._tokens[opening + 1].token_type in (TokenType.SELECT, TokenType.WITH):
                return self._balanced(self._tokens[opening].start, inside.end)
        return inside

    def case(self, node: exp.Case) -> Span:
        """A CASE from its first word through END."""
        inside = self.span(node)
        return self.through(self.back_to(inside, TokenType.CASE), TokenType.END)

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

    def negation(self, node: exp.Expr) -> Span:
        """A negated condition: `x NOT IN (...)` as it stands, else from the word NOT."""
        inside = self.span(node)
        before = self.back_to(Span(inside.start, inside.start), TokenType.NOT)
        between = self.tokens_in(Span(before.start, inside.start))
        return Span(before.start, inside.end) if len(between) == 1 else inside

    def filtered(self, node: exp.Filter) -> Span:
        """An aggregate with its FILTER."""
        return self._balanced(self.call(node.this).start, self.span(node.expression).end)

    def sign_before(self, span: Span) -> Span:
        """The token before a stretch."""
        token = self._tokens[max(0, bisect_left(self._token_starts, span.start) - 1)]
        return Span(token.start, token.end + 1)

    def operator(self, node: exp.Binary) -> Span:
        """The sign between the operands of a binary expression."""
        left, right = self._operand(node.this), self._operand(node.expression)
        tokens = self.tokens_in(Span(left.end, right.start))
        return Span(tokens[0].start, tokens[-1].end + 1) if tokens else Span(left.end, right.start)

    def word(self, call: exp.Expr) -> Span:
        """The name of a function call."""
        start = self.call(call).start
        token = self.tokens_in(Span(start, start + 1))
        return Span(start, token[0].end + 1) if token else Span(start, start)

    def _operand(self, node: exp.Expr) -> Span:
        inner = node.unnest()
        return self.call_over(inner) if isinstance(inner, exp.Window) else self.span(node)

    def enclosing_call(self, span: Span) -> Span:
        """The call around a stretch: `unnest(xs)` around `xs`, `extract(hour FROM t)` around `t`."""
        opening = self._opening_before(bisect_left(self._token_starts, span.start))
        if opening == 0 or self._tokens[opening].token_type != TokenType.L_PAREN:
            return span
        return self._balanced(self._tokens[opening - 1].start, span.end)

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
        """The nearest bracket to the left that is not closed before that token; 0 when there is none."""
        depth = 0
        while index > 0:
            index -= 1
            kind = self._tokens[index].token_type
            if kind in _OPEN and depth == 0:
                return index
            depth += (kind in _CLOSE) - (kind in _OPEN)
        return 0
