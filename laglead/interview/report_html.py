"""The report as one HTML file: no script, no font, no address; light and dark, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from string import Template

from laglead.interview.finding import Axis, Finding, Sign
from laglead.interview.report import InterviewReport
from laglead.interview.timeline import timeline
from laglead.terminal import clean

SIGNS = {Sign.FOR: "✓", Sign.AGAINST: "✗", Sign.NOTE: "·"}


def report_html(report: InterviewReport) -> str:
    """The whole page; every text of the candidate's is escaped."""
    page = Template(files("laglead.interview").joinpath("report.html").read_text(encoding="utf-8"))
    began = f"{report.began:%A, %d %B %Y, %H:%M}"
    return page.substitute(
        name=_text(report.name),
        meta=_text(f"{began}; {report.minutes} minutes, seed {report.seed}"),
        asked=_text("; ".join(f"{title}: {name}" for title, name in report.asked)),
        timeline=timeline(report),
        summary=_text(report.summary or "(nothing was said)"),
        axes="\n".join(map(_axis, report.axes)),
        queries="\n".join(f"<h3>{_text(title)}</h3>\n<pre>{_text(sql)}</pre>" for title, sql in report.queries)
        or "<p>Nothing.</p>",
    )


def _axis(axis: Axis) -> str:
    items = "\n".join("".join(_finding(finding)) for finding in axis.findings)
    words = f'<p class="words">{_text(axis.words)}</p>'
    return f"<section>\n<h2>{_text(axis.name)}</h2>\n{words}\n<ul>\n{items}\n</ul>\n</section>"


def _finding(finding: Finding) -> Iterator[str]:
    part_of = " part" if finding.share is not None else ""
    yield f'<li class="{finding.sign.value}{part_of}"><span class="sign">{SIGNS[finding.sign]}</span>'
    yield f"<span>{_text(finding.text)}</span>"
    if finding.share is not None:
        agreeing, total = finding.share
        percent = 100 * agreeing / total if total else 0
        yield f'<span class="share"><span class="bar"><span style="width:{percent:.1f}%"></span></span>'
        yield f'<span class="count">{agreeing} of {total}</span></span>'
    for evidence in finding.evidence:
        yield f'<span class="evidence">{_text(evidence)}</span>'
    yield "</li>"


def _text(value: str) -> str:
    return escape(clean(value))
