"""The tables that a log has once, whoever its users are: models, experiments, incidents, the window."""

from __future__ import annotations

import pyarrow as pa

from generator.arrow import arrow_schema
from generator.block import REGIONS, SECOND, Window
from generator.effects import misrouting, refusal_anomaly
from generator.effects.misrouting import Misrouting
from generator.fleet import Fleet, price_table, release_table
from generator.model import tables
from generator.seed import Stream
from generator.vocabulary import read

INCIDENTS = 25
INCIDENT_KINDS = ("latency", "refusal_spike", "safety_regression", "outage")
DETECTORS = ("alert", "report", "review")
MINUTE = 60 * SECOND
DAY = 1_440 * MINUTE
SUMMARIES = {
    "misrouting": "A part of the traffic was answered by an old version.",
    "latency": "First tokens came late.",
    "refusal_spike": "Harmless questions were declined.",
    "safety_regression": "A category was answered that should not have been.",
    "outage": "Calls failed with 500 and 529.",
}


def background(models: Fleet, window: Window, seed: int) -> dict[str, pa.Table]:
    """These tables by name."""
    return {
        "experiments": experiments(window),
        "incidents": incidents(models, window, seed),
        "log_window": _table("log_window", [_window(window)]),
        "model_prices": price_table(models, window),
        "model_releases": release_table(models),
    }


def experiments(window: Window) -> pa.Table:
    """One row an experiment and arm."""
    length = window.end - window.start
    rows = [
        {
            "experiment_id": experiment["id"],
            "unit_type": experiment["unit"],
            "arm": arm["name"],
            "planned_share": arm["share"],
            "started_at": window.start + length * experiment["from"] // 100,
            "ended_at": window.start + length * experiment["to"] // 100 if "to" in experiment else None,
        }
        for experiment in read("experiments")["experiment"]
        for arm in experiment["arms"]
    ]
    return _table("experiments", rows)


def incidents(models: Fleet, window: Window, seed: int) -> pa.Table:
    """About 25 incidents over the window; when harm began is back-filled, missing, or a copy of detected_at."""
    drawn = range(INCIDENTS - len(misrouting.INCIDENTS))
    rows = [_incident(Stream(seed, "incident", number), number, models, window) for number in drawn]
    rows += [
        _misrouting(number, incident, models, window) for number, incident in enumerate(misrouting.INCIDENTS, len(rows))
    ]
    return _table("incidents", rows)


def _misrouting(number: int, incident: Misrouting, models: Fleet, window: Window) -> dict[str, object]:
    """A planted incident: found after some hours, over when it was resolved."""
    begins, ends = incident.span(window)
    return {
        "incident_id": f"inc_{2600 + number}",
        "kind": "misrouting",
        "release_version": models.names[incident.version(models)],
        "region": REGIONS[incident.region],
        "started_at": begins,
        "detected_at": begins + 11 * 60 * MINUTE,
        "mitigated_at": ends,
        "resolved_at": ends,
        "detector": "report",
        "summary": SUMMARIES["misrouting"],
    }


def _incident(draw: Stream, number: int, models: Fleet, window: Window) -> dict[str, object]:
    length = window.end - window.start
    began = window.start + length // INCIDENTS * number + draw.below(length // INCIDENTS // MINUTE) * MINUTE
    began += draw.below(60 * SECOND)
    detected = began + (2 + draw.below(40)) * MINUTE + draw.below(30) * draw.below(30) * MINUTE
    mitigated = detected + (10 + draw.below(300)) * MINUTE
    resolved = mitigated + (60 + draw.below(4_000)) * MINUTE
    open_ = number >= INCIDENTS - len(misrouting.INCIDENTS) - 2
    # The planted anomaly is nobody's incident: what would lie over it is moved before it.
    onset, over = refusal_anomaly.span(window)
    if began < over and resolved > onset:
        back = -(-(resolved - onset) // DAY) * DAY
        began, detected, mitigated, resolved = (time - back for time in (began, detected, mitigated, resolved))
    kind = draw.pick(INCIDENT_KINDS)
    filled = draw.below(100)
    return {
        "incident_id": f"inc_{2600 + number}",
        "kind": kind,
        "release_version": None if draw.chance(30) else draw.pick(models.names[: len(models.names) - models.aliases]),
        "region": None if draw.chance(20) else draw.pick(REGIONS),
        # 15 % not yet reviewed, 20 % never looked into: the field then holds the moment of detection.
        "started_at": None if filled < 15 else detected if filled < 35 else began,
        "detected_at": detected,
        "mitigated_at": None if open_ else mitigated,
        "resolved_at": None if open_ else resolved,
        "detector": draw.pick(DETECTORS),
        "summary": None if draw.chance(10) else SUMMARIES[kind],
    }


def _window(window: Window) -> dict[str, object]:
    return {"starts_at": window.start, "ends_at": window.end, "extracted_at": window.extracted}


def _table(name: str, rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=arrow_schema(tables()[name]))
