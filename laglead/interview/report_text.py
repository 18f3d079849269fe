"""The report as people read it in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import timedelta

from laglead.interview.finding import Axis, Finding, Sign
from laglead.interview.part import clock_face
from laglead.interview.report import InterviewReport
from laglead.terminal import clean, paint, width

SIGNS = {Sign.FOR: ("✓", "green"), Sign.AGAINST: ("✗", "red"), Sign.NOTE: ("·", "dim")}


def report_text(report: InterviewReport) -> str:
    """The whole report."""
    asked = "; ".join(f"{title.lower()}: {name}" for title, name in report.asked)
    lines = [
        paint("Report", "bold") + f"  {report.name}  {report.minutes} minutes, seed {report.seed}",
        *_wrapped(asked, "  "),
        *_time(report),
        "",
        paint("What you would have told them", "bold"),
        *_wrapped(report.summary or "(nothing)", "  "),
    ]
    for axis in report.axes:
        lines += ["", *_axis(axis)]
    return "\n".join(lines)


def _time(report: InterviewReport) -> Iterator[str]:
    spent = [f"{s.part.title.lower()} {clock_face(timedelta(minutes=s.ends - s.begins))}" for s in report.stretches]
    yield from _wrapped("time: " + ", ".join(spent), "  ")


def _axis(axis: Axis) -> Iterator[str]:
    yield paint(axis.name, "bold")
    yield from _wrapped(axis.words, "  ")
    for finding in axis.findings:
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    sign, colour = SIGNS[finding.sign]
    share = "" if finding.share is None else f"  {finding.share[0]} of {finding.share[1]}"
    margin = "  " if finding.share is None else "      "
    first, *rest = _wrapped(finding.text + share, margin + "  ")
    yield f"{margin}{paint(sign, colour)} {first.strip()}"
    yield from rest
    for evidence in finding.evidence:
        yield from (paint(line, "dim") for line in _wrapped(evidence, "      "))


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(clean(text), width(), initial_indent=indent, subsequent_indent=indent) or [indent.rstrip()]
