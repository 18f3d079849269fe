"""What a child said, as typed facts: every reply is checked for its shape before anything believes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from checker.verdict import Rows

MOST_COLUMNS = 2_000
MOST_LOOSE_ENDS = 40
Digest = tuple[int, str, str]
Piece = tuple[str, int]
"""One row of the data set: its table and its place in the table as it is stored."""


class BadReply(Exception):
    """A reply has the wrong shape: the child is no longer trusted with anything."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a query did not run; `kind` is error, refused, timeout, memory, output, crash or dataset.

    `position` and `length` are bytes in the query; `position` is None where the engine gave none.
    """

    kind: str
    message: str
    position: int | None = None
    length: int = 1
    name: str = ""
    subtype: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of an answer: `keys` are compared, `shown` is what people see."""

    world: int
    keys: tuple[str | None, ...]
    shown: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator of a plan: what it works on, the seconds it took, the rows it gave on."""

    type: str
    about: str
    seconds: float
    rows: int

    @property
    def words(self) -> str:
        """The operator as people name it."""
        name = self.type.replace("_", " ").lower()
        return f"The {name} on {self.about}" if self.about else f"The {name}"


@dataclass(frozen=True, slots=True)
class Growth:
    """What a query took on a grown log: processor time, and rows handed on between its operators."""

    cpu_seconds: float
    rows: int
    operators: tuple[Operator, ...]


def growth(reply: dict[str, Any]) -> Growth:
    """What a query took on a grown log."""
    operators = []
    for raw in _list(reply.get("operators"))[:MOST_COLUMNS]:
        if not isinstance(raw, list) or len(raw) != 4:
            raise BadReply("operators")
        operators.append(Operator(_text(raw[0]), _text(raw[1]), _seconds(raw[2]), _integer(raw[3])))
    if not operators:
        raise BadReply("operators")
    return Growth(_seconds(reply.get("cpu_seconds")), _integer(reply.get("rows")), tuple(operators))


def _seconds(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e9:
        raise BadReply("seconds")
    return float(value)


def failure(reply: dict[str, Any]) -> Failure | None:
    """The error in a reply, None when it has none."""
    if "error" not in reply:
        return None
    raw = reply["error"]
    if not isinstance(raw, dict):
        raise BadReply("error")
    position, length = raw.get("position"), raw.get("length", 1)
    candidates = raw.get("candidates", [])
    return Failure(
        kind=str(raw.get("kind", "error")),
        message=str(raw.get("message", ""))[:4_000],
        position=position if isinstance(position, int) and position >= 0 else None,
        length=length if isinstance(length, int) and 0 < length < 1 << 16 else 1,
        name=str(raw.get("name", ""))[:200],
        subtype=str(raw.get("subtype", ""))[:100],
        candidates=tuple(str(name)[:200] for name in candidates[:10]) if isinstance(candidates, list) else (),
    )


def described(reply: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """(name, type) of the query's columns."""
    columns = _list(reply.get("columns"))
    if not 0 < len(columns) <= MOST_COLUMNS:
        raise BadReply("columns")
    return tuple((_text(name), _text(kind)) for name, kind in (_pair(column) for column in columns))


def digests(reply: dict[str, Any]) -> dict[int, Digest]:
    """Digest by part: (rows, two sums as text)."""
    found: dict[int, Digest] = {}
    for part in _list(reply.get("parts")):
        if not isinstance(part, list) or len(part) != 4:
            raise BadReply("parts")
        found[_integer(part[0])] = (_integer(part[1]), _text(part[2]), _text(part[3]))
    return found


def falls(reply: dict[str, Any]) -> dict[int, int]:
    """How many rows stand out of order, by world; nothing where no order is declared."""
    return {row[0]: row[1] for row in integer_rows(reply, "falls", 2)}


def pieces(reply: dict[str, Any]) -> tuple[Piece, ...]:
    """Rows of the data set as (table, row)."""
    found = []
    for pair in _list(reply.get("members")):
        table, row = _pair(pair)
        found.append((_text(table), _integer(row)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """What may change with the order of stored rows; `columns` would have to be unique (None: no plain columns)."""

    what: str
    columns: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer's tree tells: its loose ends, and whether its rows are ordered, or ordered only to be limited."""

    loose_ends: tuple[LooseEnd, ...]
    ordered: bool
    limited: bool


def shape(reply: dict[str, Any]) -> Shape:
    """What the tree tells."""
    found = []
    for raw in _list(reply.get("loose_ends"))[:MOST_LOOSE_ENDS]:
        if not isinstance(raw, dict):
            raise BadReply("loose_ends")
        columns = raw.get("columns")
        named = None if columns is None else tuple(_text(column) for column in _list(columns))
        found.append(LooseEnd(_text(raw.get("what"))[:200], named))
    return Shape(tuple(found), reply.get("ordered") is True, reply.get("limited") is True)


def values(reply: dict[str, Any]) -> tuple[str | None, ...]:
    """Values as text."""
    return tuple(_cell(value) for value in _list(reply.get("values")))


def links(reply: dict[str, Any]) -> list[tuple[Piece, Piece]]:
    """(row, row that it names)."""
    found = []
    for link in _list(reply.get("links")):
        if not isinstance(link, list) or len(link) != 4:
            raise BadReply("links")
        found.append(((_text(link[0]), _integer(link[1])), (_text(link[2]), _integer(link[3]))))
    return found


def result_rows(reply: dict[str, Any], width: int) -> list[ResultRow]:
    """The rows of an answer with `width` columns."""
    rows = []
    for row in _list(reply.get("rows")):
        if not isinstance(row, list) or len(row) != 1 + 2 * width:
            raise BadReply("rows")
        cells = tuple(_cell(cell) for cell in row[1:])
        rows.append(ResultRow(_integer(row[0]), cells[:width], cells[width:]))
    return rows


def more(reply: dict[str, Any]) -> bool:
    """Whether there are rows beyond those in the reply."""
    return reply.get("more") is True


def table(reply: dict[str, Any]) -> Rows:
    """A table to show."""
    columns = described(reply)
    rows = []
    for row in _list(reply.get("rows")):
        if not isinstance(row, list) or len(row) != len(columns):
            raise BadReply("rows")
        rows.append(tuple(_cell(cell) for cell in row))
    return Rows(tuple(name for name, _ in columns), tuple(kind for _, kind in columns), tuple(rows), more(reply))


def tables(reply: dict[str, Any]) -> dict[str, Rows]:
    """Tables to show, by name."""
    raw = reply.get("tables")
    if not isinstance(raw, dict):
        raise BadReply("tables")
    return {str(name): _with_brief(value if isinstance(value, dict) else {}) for name, value in raw.items()}


def _with_brief(reply: dict[str, Any]) -> Rows:
    brief = table({**reply, "rows": reply.get("brief")}).rows
    return replace(table(reply), brief=brief)


def integer_rows(reply: dict[str, Any], name: str, width: int) -> list[tuple[int, ...]]:
    """A list of rows of `width` integers."""
    rows = _list(reply.get(name))
    if any(not isinstance(row, list) or len(row) != width for row in rows):
        raise BadReply(name)
    return [tuple(_integer(value) for value in row) for row in rows]


def world_failures(reply: dict[str, Any]) -> list[tuple[int, Failure]]:
    """(world, why) of the worlds in which the query raised."""
    found = []
    for pair in _list(reply.get("failures", [])):
        world, facts = _pair(pair)
        why = failure({"error": facts})
        if why is not None:
            found.append((_integer(world), why))
    return found


def evaluated(reply: dict[str, Any]) -> set[int]:
    """The worlds that were run."""
    return {_integer(world) for world in _list(reply.get("evaluated"))}


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadReply("list")
    return value


def _pair(value: object) -> Iterable[Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise BadReply("pair")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadReply("text")
    return value


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadReply("integer")
    return value


def _cell(value: object) -> str | None:
    return None if value is None else _text(value)
