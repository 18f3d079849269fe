"""Translates an answer from its dialect into DuckDB's SQL, or says why that would not be faithful.

sqlglot reads and writes; `checker/semantics/` holds what else has to be done so that the translation means
the same, one difference a module. What neither is known to translate is refused: a wrong verdict is worse.
It parses hostile text, so it runs in a process of its own (`checker.translation_child`).
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ParseError, TokenError, UnsupportedError

from checker import semantics
from checker.dialect import Dialect, translated
from checker.semantics.untranslatable import Untranslatable

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
# Marks that no answer holds: the private use area, refused in answers that do.
OPEN, CLOSE = "\ue000", "\ue001"
_MARK = re.compile(rf"(\w+|\"(?:[^\"{OPEN}]|\"\")*){OPEN}(\d+){CLOSE}(\"?)")

# Of the translation and of the answer: code points (start there, length there, start here, length here).
Place = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Translated:
    """A query in DuckDB's SQL; `places` say where its names stand in the answer, `notes` what was made explicit."""

    sql: str
    places: tuple[Place, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untranslated:
    """Why an answer is not translated; `start` and `length` are code points of it, None without a place."""

    reason: str
    start: int | None = None
    length: int = 1


@cache
def differences() -> tuple[ModuleType, ...]:
    """The modules that know a difference: they have `apply(tree, dialect)`, which changes the tree and yields notes."""
    names = sorted(module.name for module in pkgutil.iter_modules(semantics.__path__))
    found = (importlib.import_module(f"{semantics.__name__}.{name}") for name in names)
    return tuple(module for module in found if hasattr(module, "apply"))


def translate(sql: str, dialect: Dialect) -> Translated | Untranslated:
    """The answer in DuckDB's SQL; the answer itself when that is its dialect."""
    if dialect.is_native:
        return Translated(sql, (), ())
    try:
        tree = _parsed(sql, dialect)
        _known(tree, dialect)
        notes = tuple(dict.fromkeys(note for module in differences() for note in module.apply(tree, dialect)))
        text = _written(tree)
    except Untranslatable as found:
        return Untranslated(found.reason, *_place(found.node))
    except RecursionError:
        return Untranslated("the statement is nested too deeply to translate: split it into CTEs")
    return Translated(text, tuple(_places(tree, text, sql)), notes)


def _parsed(sql: str, dialect: Dialect) -> exp.Expr:
    if OPEN in sql or CLOSE in sql:
        raise Untranslatable("it holds characters of the private use area: remove them")
    try:
        trees = [tree for tree in sqlglot.parse(sql, read=dialect.reads, error_level=ErrorLevel.IMMEDIATE) if tree]
    except ParseError as error:
        raise _unreadable(error, dialect) from None
    except TokenError:
        raise Untranslatable("the text ends inside a string, a quoted name or a comment: close it") from None
    except (ValueError, AttributeError, TypeError, IndexError, KeyError, AssertionError) as error:
        raise Untranslatable(f"this cannot be read as {dialect.title} ({type(error).__name__})") from None
    if len(trees) != 1:
        raise Untranslatable(f"there are {len(trees)} statements; an answer is exactly one SELECT")
    if not isinstance(trees[0], exp.Query):
        raise Untranslatable("this is no query; an answer only reads: write one SELECT")
    return trees[0]


def _unreadable(error: ParseError, dialect: Dialect) -> Untranslatable:
    details = error.errors[0] if error.errors else {}
    words = str(details.get("description") or "it makes no sense").partition(" for <class")[0].rstrip(".")
    highlight = str(details.get("highlight") or "")
    near = f", near {highlight!r}" if highlight else ""
    return Untranslatable(f"this cannot be read as {dialect.title}: {words}{near}")


def _known(tree: exp.Expr, dialect: Dialect) -> None:
    """Untranslatable at the first kind of node that nobody has looked at."""
    for node in tree.walk():
        kind = type(node).__name__
        if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc):
            raise Untranslatable(f"laglead does not know what {node.name} of {dialect.title} is in DuckDB", node)
        if kind not in translated() and kind not in dialect.also:
            raise Untranslatable(f"{_words(node)} of {dialect.title} is not translated", node)


def _words(node: exp.Expr) -> str:
    """What people call a node: a function by its name, other things by the words of sqlglot's class."""
    if isinstance(node, exp.Func):
        return str(node.sql_name())
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(node).__name__).upper()


def _written(tree: exp.Expr) -> str:
    try:
        return tree.sql(dialect="duckdb", unsupported_level=ErrorLevel.RAISE, comments=False)
    except UnsupportedError as error:
        raise Untranslatable(f"sqlglot cannot write this for DuckDB: {str(error).splitlines()[0]}", tree) from None


def _place(node: exp.Expr | None) -> tuple[int | None, int]:
    """Where a node stands in the answer: its own place, or that of the first name or call within it."""
    for inner in node.walk() if node is not None else ():
        start, end = inner.meta.get("start"), inner.meta.get("end")
        if start is not None and end is not None:
            return int(start), int(end) - int(start) + 1
    return None, 1


def _places(tree: exp.Expr, text: str, sql: str) -> Iterator[Place]:
    """Where each name of the translation stands in the answer: the tree is written once more, with marks at names.

    Nothing where that would not give the same text, so that no caret is ever wrong.
    """
    marked = tree.copy()
    ends: dict[int, int] = {}
    for node in list(marked.find_all(exp.Identifier)):
        start, end = node.meta.get("start"), node.meta.get("end")
        if start is None or end is None or not re.fullmatch(r"\w+", node.name):
            continue
        if node.name.lower() in DuckDB.Generator.RESERVED_KEYWORDS:
            node.set("quoted", True)
        node.set("this", f"{node.name}{OPEN}{start}{CLOSE}")
        ends[int(start)] = int(end)
    found, plain, done = [], "", 0
    written = _written(marked)
    for match in _MARK.finditer(written):
        plain += written[done : match.start()]
        name = match.group(1) + match.group(3)
        start = int(match.group(2))
        found.append((len(plain), len(name), start, ends[start] - start + 1))
        plain += name
        done = match.end()
    if plain + written[done:] == text and len(sql) >= max(ends.values(), default=0):
        yield from found
