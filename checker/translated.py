"""An answer in DuckDB's SQL: what is said of a translation is told of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from checker.answer import locate
from checker.verdict import Broken, Differs, Finding, Location, Passed, Refused, TimedOut, Verdict

UNKNOWN_PLACE = "the place is in the translation and cannot be shown in your text"
Said = TypeVar("Said", Verdict, Broken | Refused | TimedOut)


@dataclass(frozen=True, slots=True)
class Translation:
    """`sql` is the translation of `answer`, or the answer itself.

    `places` are (start there, length there, start here, length here) of names, in code points; `notes` say
    what the answer's dialect means otherwise than DuckDB.
    """

    answer: str
    sql: str
    places: tuple[tuple[int, int, int, int], ...] = ()
    notes: tuple[str, ...] = ()

    def told(self, verdict: Said) -> Said:
        """The verdict on the translation as one on the answer: its places, and what the dialect means otherwise."""
        if self.sql == self.answer:
            return verdict
        if isinstance(verdict, Passed | Differs):
            return replace(verdict, warnings=(*verdict.warnings, *self.notes))
        if not isinstance(verdict, Broken | Refused) or verdict.location is None:
            return verdict
        here = self._here(verdict.location.line, verdict.location.column)
        if here is None and isinstance(verdict, Broken):
            return replace(verdict, location=None, hints=(*verdict.hints, UNKNOWN_PLACE))
        return replace(verdict, location=here)

    def found(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings that stand at a name of the answer; a repair of the translation is none of the answer."""
        if self.sql == self.answer:
            return tuple(findings)
        here = ((finding, self._here(finding.line, finding.column)) for finding in findings)
        return tuple(_moved(finding, place) for finding, place in here if place is not None)

    def _here(self, line: int, column: int) -> Location | None:
        """The place in the answer of a name in the translation; None for what is no name."""
        for start, _, here, length in self.places:
            if locate(self.sql, start) == Location(line, column):
                return locate(self.answer, here, length)
        return None


def _moved(finding: Finding, place: Location) -> Finding:
    return replace(
        finding,
        line=place.line,
        column=place.column,
        end_line=place.line,
        end_column=place.column + place.length,
        fix=None,
    )
