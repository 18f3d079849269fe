"""One statement's syntax tree, walked once and indexed by node type, with exact spans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import TypeVar

from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from checker.expression_type import Family
from checker.lineage import Lineage
from checker.profile import Profile
from checker.relation import Field
from checker.scope import Scope
from checker.sql_source import SourceText
from checker.tokens import CLOSE, OPEN, Tokens
from checker.verdict import Span
from checker.window import Window, is_call, resolve

Node = TypeVar("Node", bound=exp.Expr)
_CLAUSES = {"PARTITION", "ORDER", "ROWS", "RANGE", "GROUPS"}


@cache
def _with_subtypes(types: tuple[type[exp.Expr], ...]) -> frozenset[type[exp.Expr]]:
    below = (_with_subtypes(tuple(kind.__subclasses__())) for kind in types if kind.__subclasses__())
    return frozenset(types).union(*below)


class Tree:
    """A parsed statement; rules ask it for nodes by type, for spans and for lineage."""

    def __init__(self, root: exp.Expr, tokens: Sequence[Token], source: SourceText, profile: Profile | None) -> None:
        self.root = root
        self.source = source
        self.has_profile = profile is not None
        self.profile = profile or Profile({})
        self.tokens = Tokens(tokens)
        self._found: dict[tuple[type[exp.Expr], ...], list[exp.Expr]] = {}
        self._index: dict[type[exp.Expr], list[exp.Expr]] = {}
        for node in root.walk():
            self._index.setdefault(type(node), []).append(node)

    def nodes(self, *types: type[Node]) -> list[Node]:
        """All nodes of these types and of their subtypes."""
        if types not in self._found:
            wanted = _with_subtypes(types)
            self._found[types] = [node for kind in self._index if kind in wanted for node in self._index[kind]]
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
        index = self.tokens.index(span.end)
        while index < len(self.tokens.all) and self.tokens.all[index].token_type != TokenType.OVER:
            index += 1
        if index + 1 >= len(self.tokens.all):
            return span
        after = self.tokens.all[index + 1]
        opens = after.token_type == TokenType.L_PAREN
        return Span(span.start, self.tokens.balanced(after.start, after.end + 1, through_call=opens).end)

    def window_clause(self, node: exp.Window, *words: str) -> Span | None:
        """The clause of a window's own brackets that begins with one of these words: ORDER, ROWS."""
        call = self.call_over(node)
        inside, depth, started = False, 0, None
        for token in self.tokens.within(call):
            inside = inside or token.token_type == TokenType.OVER
            if not inside:
                continue
            depth += (token.token_type in OPEN) - (token.token_type in CLOSE)
            word = token.text.upper().partition(" ")[0]
            if started is not None and (depth == 0 or (depth == 1 and word in _CLAUSES)):
                return Span(started, self.tokens.before(Span(token.start, token.start)).end)
            if depth == 1 and word in words:
                started = token.start
        return None

    def text(self, node: exp.Expr) -> str:
        """An expression as it is written."""
        span = self.span(node)
        return self.source.text[span.start : span.end]

    def cast(self, node: exp.Cast) -> Span:
        """A cast, in each of its three forms: CAST(x AS t), x::t, t 'x'."""
        inside = self.span(node.this)
        after = self.tokens.within(Span(inside.end, inside.end + 8))
        if after and after[0].token_type == TokenType.ALIAS:
            return self.tokens.enclosing_call(inside)
        if after and after[0].token_type == TokenType.DCOLON:
            named = self.tokens.all[self.tokens.index(after[0].end + 1)]
            return Span(inside.start, named.end + 1)
        before = self.tokens.all[max(0, self.tokens.index(inside.start) - 1)]
        return Span(before.start, inside.end)

    def moment(self, node: exp.Expr) -> Span:
        """A call that may be written without brackets: `now()`, `current_date`."""
        start = node.meta["start"]
        index = self.tokens.index(start)
        opens = index + 1 < len(self.tokens.all) and self.tokens.all[index + 1].token_type == TokenType.L_PAREN
        return self.call(node) if opens else Span(start, self.tokens.all[index].end + 1)

    def source_of(self, join: exp.Join) -> Span:
        """What is joined: a table with its alias, or a subquery."""
        return self.span(join.this)

    def subquery(self, node: exp.Subquery) -> Span:
        """A subquery with its brackets."""
        inside = self.span(node.this)
        opening = self.tokens.index(inside.start)
        while opening > 0:
            opening = self.tokens.opening_before(opening)
            if self.tokens.all[opening + 1].token_type in (TokenType.SELECT, TokenType.WITH):
                return self.tokens.balanced(self.tokens.all[opening].start, inside.end)
        return inside

    def case(self, node: exp.Case) -> Span:
        """A CASE from its first word through END."""
        inside = self.span(node)
        return self.tokens.through(self.tokens.back_to(inside, TokenType.CASE), TokenType.END)

    def span(self, node: exp.Expr) -> Span:
        """The text of an expression: from its first to its last token, brackets balanced."""
        marks = [child.meta for child in node.walk() if "start" in child.meta]
        if not marks:
            return self.span(node.parent) if node.parent is not None else Span(0, min(1, len(self.source.text)))
        start = min(mark["start"] for mark in marks)
        end = max(mark["end"] for mark in marks) + 1
        return self.tokens.balanced(start, end)

    def call(self, node: exp.Expr) -> Span:
        """A function call: from its name to its closing bracket."""
        name = node.meta.get("start")
        if name is None:
            return self.tokens.enclosing_call(self.span(node))
        return self.tokens.balanced(name, name + 1, through_call=True)

    def comparison(self, node: exp.Binary) -> Span:
        """A comparison: from its left to its right operand, windows with their OVER."""
        sides = [self.operand(node.this), self.operand(node.expression)]
        return Span(min(side.start for side in sides), max(side.end for side in sides))

    def negation(self, node: exp.Expr) -> Span:
        """A negated condition: `x NOT IN (...)` as it stands, else from the word NOT."""
        inside = self.span(node)
        before = self.tokens.back_to(Span(inside.start, inside.start), TokenType.NOT)
        between = self.tokens.within(Span(before.start, inside.start))
        return Span(before.start, inside.end) if len(between) == 1 else inside

    def filtered(self, node: exp.Filter) -> Span:
        """An aggregate with its FILTER."""
        return self.tokens.balanced(self.call(node.this).start, self.span(node.expression).end)

    def arrow(self, node: exp.Expr, sign: str | None = None) -> Span | None:
        """A JSON extraction by arrow, from its document through its key; None when it is a function call."""
        inner = node.this
        nested = self.arrow(inner) if isinstance(inner, exp.JSONExtract | exp.JSONExtractScalar) else None
        document = nested or self.operand(inner)
        index = self.tokens.index(document.end)
        if index + 1 >= len(self.tokens.all) or self.tokens.all[index].text not in ((sign,) if sign else ("->", "->>")):
            return None
        return Span(document.start, self.tokens.all[index + 1].end + 1)

    def set_operator(self, node: exp.SetOperation) -> Span:
        """The words between two queries: UNION ALL."""
        start = self.tokens.back_to(self.span(node.expression), TokenType.UNION).start
        index = self.tokens.index(start)
        end = self.tokens.all[index].end + 1
        for token in self.tokens.all[index + 1 : index + 2]:
            end = token.end + 1 if token.token_type in (TokenType.ALL, TokenType.DISTINCT) else end
        return Span(start, end)

    def has_comment(self, cte: exp.CTE) -> bool:
        """Whether a comment stands before a CTE's name, or first inside its brackets."""
        start = self.span(cte.args["alias"].this).start
        index = self.tokens.index(start)
        before = self.tokens.all[index - 1].end + 1 if index else 0
        gaps = [self.source.text[before:start]]
        for opening, first in pairwise(self.tokens.all[index:]):
            if opening.token_type == TokenType.L_PAREN and first.token_type in (TokenType.SELECT, TokenType.WITH):
                gaps.append(self.source.text[opening.end + 1 : first.start])
                break
        return any(gap.strip() for gap in gaps)

    def operator(self, node: exp.Binary) -> Span:
        """The sign between the operands of a binary expression."""
        left, right = self.operand(node.this), self.operand(node.expression)
        tokens = self.tokens.within(Span(left.end, right.start))
        return Span(tokens[0].start, tokens[-1].end + 1) if tokens else Span(left.end, right.start)

    def word(self, call: exp.Expr) -> Span:
        """The name of a function call."""
        start = self.call(call).start
        token = self.tokens.within(Span(start, start + 1))
        return Span(start, token[0].end + 1) if token else Span(start, start)

    def operand(self, node: exp.Expr) -> Span:
        """An operand: a window with its OVER, anything else as it is written."""
        inner = node.unnest()
        return self.call_over(inner) if isinstance(inner, exp.Window) else self.span(node)
