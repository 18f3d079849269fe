"""What the checker says of an answer: one of six verdicts, with everything that proves it.

    Verdict = Passed | Differs | Broken | Refused | TimedOut | Nondeterministic

`Verdict.outcome` is the word that people and programs read. A verdict is about the learner's
answer; what is wrong with the exercise, the data or the tool is an exception (checker.errors).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confirmation(Enum):
    """How sure a finding is: by the tree alone, by the engine's plan, or by rows that change."""

    STATIC = "static"
    PLAN = "plan-confirmed"
    WITNESSED = "witnessed"


class Proof(Enum):
    """What confirms the findings of a rule when an answer is checked."""

    REPAIR = "a row that changes with the repair"
    ORDER = "an answer that changes with the order of its input"
    ERROR = "the engine's own error"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the answer: line and column are 1-based code points, length >= 1."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `start` is the first code point, `end` the one after the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the answer and the text to put there."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The edits that repair a finding; safe when everybody means the repaired statement."""

    edits: tuple[Edit, ...]
    safe: bool

    def apply(self, sql: str) -> str:
        """The text with these edits made."""
        return edited(sql, self.edits)


def edited(sql: str, edits: Iterable[Edit]) -> str:
    """The text with edits made that do not overlap; an insertion at a place comes before what is there."""
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end), reverse=True):
        sql = sql[: edit.span.start] + edit.text + sql[edit.span.end :]
    return sql


@dataclass(frozen=True, slots=True)
class Finding:
    """One lint finding; lines and columns are 1-based code points, the end is exclusive.

    `witness` is what proved it, in words: a row that changes when the finding is repaired, or by `probe`, a
    change that shows it and is no repair. `proof` says what can.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    confirmed: Confirmation = Confirmation.STATIC
    fix: Fix | None = None
    witness: str = ""
    proof: Proof | None = None
    probe: Fix | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A small table to be shown: every cell is text as SQL shows it, None is NULL.

    `brief` are the same rows, where nested values hold only what matters; nothing where all of it does.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    truncated: bool = False
    brief: tuple[tuple[str | None, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest input found on which the answer differs, confirmed in an isolated database.

    `tables` holds the non-empty input tables that the exercise names. `actual_marks` and
    `expected_marks` are the (row, column) cells that differ; a row that has no partner on the
    other side is marked whole.
    """

    source: str
    tables: dict[str, Rows]
    actual: Rows
    expected: Rows
    actual_marks: frozenset[tuple[int, int]] = frozenset()
    expected_marks: frozenset[tuple[int, int]] = frozenset()


class DataSource(Enum):
    """What a result was judged on."""

    LOG = "log"
    WORLDS = "worlds"


@dataclass(frozen=True, slots=True)
class Score:
    """How the answer did on one source: `agreeing` of `total` worlds, or rows of the log."""

    source: DataSource
    passed: bool
    agreeing: int
    total: int
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Timing:
    """Wall-clock milliseconds of the check, by stage."""

    total_ms: float
    stages_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passed:
    message: str
    scores: tuple[Score, ...]
    warnings: tuple[str, ...] = ()
    outcome = "passed"


@dataclass(frozen=True, slots=True)
class Differs:
    """`kind` names the class of the difference: columns, types, missing rows, extra rows, values, order.

    `counterexample` is None only when the answer differs on the log alone and no smaller input
    was found, or when the contract (columns, types) is not met.
    """

    message: str
    kind: str
    scores: tuple[Score, ...]
    counterexample: Counterexample | None
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    outcome = "differs"


@dataclass(frozen=True, slots=True)
class Broken:
    """The engine could not parse, bind or run the answer; or it met a limit of memory or output."""

    message: str
    location: Location | None = None
    hints: tuple[str, ...] = ()
    outcome = "error"


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer is not one read-only SELECT, or its file cannot be an answer."""

    message: str
    location: Location | None = None
    outcome = "refused"


@dataclass(frozen=True, slots=True)
class TimedOut:
    message: str
    limit_seconds: float
    outcome = "timeout"


@dataclass(frozen=True, slots=True)
class Nondeterministic:
    """The answer disagrees with itself on the same rows in another order."""

    message: str
    counterexample: Counterexample | None = None
    outcome = "nondeterministic"


Verdict = Passed | Differs | Broken | Refused | TimedOut | Nondeterministic


@dataclass(frozen=True, slots=True)
class Report:
    """A verdict with what stands beside it: the lint findings, the time it took, and the answer's text.

    `sql` is empty where the answer's file was not believed to be one; `judged` is what ran: the same text, or
    its translation where it is in another dialect.
    """

    exercise_id: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    timing: Timing
    sql: str = ""
    judged: str = ""
