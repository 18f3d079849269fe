"""DuckDB's type names as trees, and which types may hold the same values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

MAX_DEPTH = 40
MAX_LENGTH = 20_000


class Family(Enum):
    """Types of one family hold comparable values; the value is what a learner is told."""

    BOOLEAN = "a truth value"
    NUMBER = "a number"
    FLOAT = "a floating-point number"
    TEXT = "text"
    JSON = "JSON"
    DATE = "a date"
    TIMESTAMP = "a point in time"
    TIME = "a time of day"
    INTERVAL = "an interval"
    LIST = "a list"
    STRUCT = "a struct"
    MAP = "a map"
    NULL = "only NULL"
    OTHER = "another type"


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type: `fields` are a struct's or union's members, a map's key and value, a list's element.

    The order of a list's elements counts unless the list is `unordered`.
    """

    family: Family
    text: str
    fields: tuple[tuple[str, ColumnType], ...] = ()
    unordered: bool = False

    @property
    def element(self) -> ColumnType:
        return self.fields[0][1]

    @property
    def entries(self) -> ColumnType:
        """A map as the list of its entries."""
        return ColumnType(Family.LIST, "", (("", ColumnType(Family.STRUCT, "", self.fields)),))

    @property
    def is_nested(self) -> bool:
        return self.family in (Family.LIST, Family.STRUCT, Family.MAP)

    @property
    def is_loose(self) -> bool:
        """Whether equal values may have different digests, so that rows must be looked at."""
        loose = self.family in (Family.FLOAT, Family.JSON) or self.is_fraction
        return loose or any(field.is_loose for _, field in self.fields)

    @property
    def is_fraction(self) -> bool:
        """Whether it is a decimal with digits behind the point: a float next to it is as good as it."""
        match = _DECIMAL.fullmatch(self.text)
        return match is not None and (match["width"] is None or int(match["scale"] or 0) > 0)


_FAMILIES = {
    Family.BOOLEAN: "BOOLEAN BOOL LOGICAL",
    Family.NUMBER: (
        "TINYINT SMALLINT INTEGER INT INT1 INT2 INT4 INT8 INT16 INT32 INT64 INT128 SHORT LONG SIGNED BIGINT HUGEINT "
        "UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT UINT8 UINT16 UINT32 UINT64 UINT128 BIGNUM VARINT "
        "DECIMAL NUMERIC DEC"
    ),
    Family.FLOAT: "DOUBLE FLOAT REAL FLOAT4 FLOAT8",
    Family.TEXT: "VARCHAR TEXT STRING CHAR BPCHAR ENUM",
    Family.JSON: "JSON",
    Family.DATE: "DATE",
    Family.TIMESTAMP: "TIMESTAMP DATETIME TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_US TIMESTAMP_NS TIMESTAMPTZ",
    Family.TIME: "TIME TIMETZ TIME_NS",
    Family.INTERVAL: "INTERVAL",
    Family.STRUCT: "STRUCT ROW",
    Family.MAP: "MAP",
    Family.NULL: 'NULL "NULL"',
}
_FAMILY_OF = {name: family for family, names in _FAMILIES.items() for name in names.split()}
_DECIMAL = re.compile(
    r"\s*(?:DECIMAL|NUMERIC|DEC)\s*(?:\(\s*(?P<width>\d+)\s*(?:,\s*(?P<scale>\d+)\s*)?\))?\s*", re.IGNORECASE
)
_WORD = re.compile(r'\s*("(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*)')
_LITERAL = re.compile(r"\s*('(?:[^']|'')*'|-?\d+)")
_SUFFIX = re.compile(r"\s*\[\s*(\d*)\s*\]")
_WITH_ZONE = re.compile(r"\s+WITH(OUT)?\s+TIME\s+ZONE", re.IGNORECASE)


def parse(text: str) -> ColumnType:
    """The tree of a DuckDB type name; ValueError when it is none."""
    if len(text) > MAX_LENGTH:
        raise ValueError("the type name is too long; select fewer or smaller columns")
    tree, end = _Parser(text).type_at(0, 0)
    if text[end:].strip():
        raise ValueError(f"{text!r} is not a type name; write one that DuckDB's DESCRIBE prints")
    return tree


@dataclass(frozen=True, slots=True)
class _Parser:
    text: str

    def type_at(self, start: int, depth: int) -> tuple[ColumnType, int]:
        if depth > MAX_DEPTH:
            raise ValueError("the type is nested too deeply; select its parts instead")
        word, end = self._match(_WORD, start)
        name = word.upper() if not word.startswith('"') or word.upper() == '"NULL"' else word
        zone = _WITH_ZONE.match(self.text, end)
        if zone:
            name, end = name + ("" if zone.group(1) else "TZ"), zone.end()
        fields: tuple[tuple[str, ColumnType], ...] = ()
        if self.text[end : end + 1] == "(":
            fields, end = self._arguments(name, end + 1, depth + 1)
        tree = ColumnType(_FAMILY_OF.get(name, Family.OTHER), self.text[start:end].strip(), fields)
        while suffix := _SUFFIX.match(self.text, end):
            end = suffix.end()
            tree = ColumnType(Family.LIST, self.text[start:end].strip(), (("", tree),))
        return tree, end

    def _arguments(self, name: str, start: int, depth: int) -> tuple[tuple[tuple[str, ColumnType], ...], int]:
        fields: list[tuple[str, ColumnType]] = []
        position = start
        while True:
            if name in ("STRUCT", "ROW", "UNION"):
                field, position = self._match(_WORD, position)
                tree, position = self.type_at(position, depth)
                fields.append((_unquoted(field), tree))
            elif name == "MAP":
                tree, position = self.type_at(position, depth)
                fields.append((("key", "value")[len(fields) % 2], tree))
            else:
                _, position = self._match(_LITERAL, position)
            closing, position = self._match(re.compile(r"\s*([,)])"), position)
            if closing == ")":
                return tuple(fields), position

    def _match(self, pattern: re.Pattern[str], start: int) -> tuple[str, int]:
        match = pattern.match(self.text, start)
        if match is None:
            raise ValueError(f"{self.text!r} is not a type name; write one that DuckDB's DESCRIBE prints")
        return match.group(1), match.end()


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def comparable(declared: ColumnType, actual: ColumnType) -> bool:
    """Whether values of `actual` can equal values of `declared` without a cast by the learner."""
    if actual.family is Family.NULL:
        return True
    numbers = (Family.NUMBER, Family.FLOAT)
    if declared.family in numbers:
        return actual.family in numbers
    if declared.family is not actual.family:
        return False
    if declared.family is Family.STRUCT:
        theirs = {name.lower(): tree for name, tree in actual.fields}
        mine = {name.lower(): tree for name, tree in declared.fields}
        return theirs.keys() == mine.keys() and all(comparable(tree, theirs[name]) for name, tree in mine.items())
    if declared.is_nested:
        pairs = zip(declared.fields, actual.fields, strict=False)
        return all(comparable(mine, theirs) for (_, mine), (_, theirs) in pairs)
    return declared.family is not Family.OTHER or declared.text.upper() == actual.text.upper()


def has_zone(tree: ColumnType) -> bool:
    """Whether a point in time is one of TIMESTAMPTZ."""
    return tree.text.upper().replace(" ", "") in ("TIMESTAMPTZ", "TIMESTAMPWITHTIMEZONE", "DATETIMETZ")
