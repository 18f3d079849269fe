"""Lint: the findings of all rules on one SQL text, sorted by position.

Only sqlglot is imported here, so that a child process can lint while the query runs.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlglot import Dialect, exp
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import Token

from checker.profile import Profile
from checker.rule import Hit, Needs, Rule, catalogue_markdown, explain, named, rules
from checker.sql_source import SourceText
from checker.suppression import apply
from checker.tree import Tree
from checker.verdict import Finding

__all__ = [
    "LintResult",
    "ParseProblem",
    "Profile",
    "catalogue_markdown",
    "choose",
    "explain",
    "findings_of",
    "lint",
    "rules",
]

DEEPEST = 200
MOST_POSITIONS = 500  # the parser takes the square of xs[1][1]..
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# What the parser cannot read it passes on with a warning; that is no news for whoever lints.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class ParseProblem:
    """Why a text could not be linted; line and column are 1-based code points."""

    message: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class LintResult:
    """Findings by position, or the problem that made linting impossible: never both."""

    findings: tuple[Finding, ...] = ()
    error: ParseProblem | None = None


def lint(
    sql: str,
    profile: Profile | None = None,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    preview: bool = False,
) -> LintResult:
    """Lint a text; `select` and `ignore` are ids, names or groups, UnknownRule when there is no such rule."""
    return findings_of(sql, profile, choose(select, ignore, preview=preview))


def findings_of(sql: str, profile: Profile | None, chosen: Sequence[Rule]) -> LintResult:
    """What these rules find in a text."""
    source = SourceText(sql)
    try:
        parsed = _parse(source)
        if isinstance(parsed, ParseProblem):
            return LintResult(error=parsed)
        tokens, roots = parsed
        found = {finding for root in roots for finding in _run(Tree(root, tokens, source, profile), chosen)}
    except RecursionError:
        return LintResult(error=ParseProblem("the statement is nested too deeply to lint: split it into CTEs", 1, 1))
    kept = apply(found, source, frozenset(rule.id for rule in chosen))
    return LintResult(tuple(sorted(kept, key=lambda f: (f.line, f.column, f.rule, f.end_line, f.end_column))))


def choose(
    select: Iterable[str] | None = None, ignore: Iterable[str] = (), *, preview: bool = False
) -> tuple[Rule, ...]:
    """The rules to run: those selected, else all that are certain, and the preview ones where they are asked for."""
    certain = [rule for rule in rules() if preview or not rule.preview]
    wanted = certain if select is None else [rule for name in select for rule in named(name)]
    unwanted = {rule.id for name in ignore for rule in named(name)}
    return tuple({rule.id: rule for rule in wanted if rule.id not in unwanted}.values())


def _parse(source: SourceText) -> tuple[Sequence[Token], list[exp.Expr]] | ParseProblem:
    if source.is_deeper_than(DEEPEST):
        message = f"brackets are nested more than {DEEPEST} deep: split the statement into CTEs"
        return ParseProblem(message, 1, 1)
    if source.text.count("][") > MOST_POSITIONS:
        return ParseProblem(f"more than {MOST_POSITIONS} positions follow each other: split the statement", 1, 1)
    dialect = _dialect()
    try:
        tokens = dialect.tokenize(source.text)
        roots = dialect.parser().parse(tokens, source.text)
    except ParseError as error:
        return _problem(error, source)
    except TokenError:
        line, column = source.position(len(source.text))
        return ParseProblem("the text ends inside a string, a quoted name or a comment: close it", line, column)
    except (ValueError, AttributeError, TypeError, IndexError, KeyError, AssertionError) as error:
        # The parser fails so on a few statements that are not SQL; DuckDB's own message says more.
        return ParseProblem(f"this cannot be parsed as SQL ({type(error).__name__})", 1, 1)
    return tokens, [root for root in roots if root is not None]


@cache
def _dialect() -> Dialect:
    return Dialect.get_or_raise("duckdb")


def _problem(error: ParseError, source: SourceText) -> ParseProblem:
    details = error.errors[0] if error.errors else {}
    message = str(details.get("description") or "this cannot be parsed as SQL").partition(" for <class")[0].rstrip(".")
    if _TEMPLATE.search(source.text):
        message = "this is a template, no SQL yet: lint what it is compiled to, such as dbt's target/compiled"
    near = details.get("highlight")
    before = str(details.get("start_context") or "") + str(near or "")
    at = source.text.find(before) if before else -1
    offset = at + len(str(details.get("start_context") or "")) if at >= 0 else 0
    line, column = source.position(offset)
    return ParseProblem(f"{message}, near {near!r}" if near else message, line, column)


def _run(tree: Tree, chosen: Iterable[Rule]) -> Iterable[Finding]:
    for rule in chosen:
        if rule.needs is Needs.PROFILE and not tree.has_profile:
            continue
        for hit in rule.check(tree):
            yield _finding(rule, hit, tree.source)


def _finding(rule: Rule, hit: Hit, source: SourceText) -> Finding:
    line, column = source.position(hit.span.start)
    end_line, end_column = source.position(hit.span.end)
    return Finding(
        rule.id,
        rule.name,
        rule.severity,
        hit.message,
        line,
        column,
        end_line,
        end_column,
        fix=hit.fix,
        proof=rule.proof,
        probe=hit.probe,
    )
