"""Ends an interview that is over: judges it, prints its report, and writes it as a page beside the session."""

from __future__ import annotations

from pathlib import Path

from checker.dataset import Dataset
from laglead.interview import plan
from laglead.interview.event import Event, Kind
from laglead.interview.judging import Progress, judge
from laglead.interview.record import Record
from laglead.interview.report import InterviewReport, report
from laglead.interview.report_html import report_html
from laglead.interview.session import Clock, Session, honest
from laglead.interview.sheets import sheets

PAGE = "report.html"


def close(
    session: Session, data: Dataset, clock: Clock, *, cache: Path, progress: Progress
) -> tuple[InterviewReport, Path]:
    """The report, and the page that was written; what was judged before is not judged again."""
    drawn = plan.from_json(session.planned["plan"], sheets())
    judged = judge(session, drawn, data, clock, cache=cache, progress=progress)
    found = report(Record(judged, drawn))
    page = session.folder / PAGE
    page.write_text(report_html(found), encoding="utf-8")
    if not judged.of(Kind.REPORTED):
        judged.with_event(Event(honest(clock, judged), Kind.REPORTED))
    return found, page
