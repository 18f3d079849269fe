"""A verification as text for people, and as JSON, JUnit XML and SARIF for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from checker.proof import Bucket
from checker.verification import Verification
from laglead import workspace
from laglead.terminal import clean, paint

BUCKETS = (Bucket.INVALID, Bucket.KILLED, Bucket.EQUIVALENT, Bucket.WAIVED, Bucket.ALIVE)
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def line(one: Verification) -> str:
    """One exercise as one line, then its problems."""
    mark = paint("✓", "green") if one.passed else paint("✗", "red")
    counts = _counts(one)
    said = f"  {counts['generated']} mutants: " if counts["generated"] else ""
    said += ", ".join(f"{counts[b.value]} {b.value}" for b in BUCKETS if counts[b.value]) if said else ""
    head = f"{mark} {one.id}  {one.right} right, {one.wrong} wrong{said}  {one.seconds:.1f} s"
    problems = (clean(f"  {_shown(p.file)}:{p.line}: {p.problem}") for p in one.problems)
    return "\n".join([head, *problems, *(clean(f"  note: {note}") for note in one.notes)])


def summary(found: Sequence[Verification]) -> str:
    """The last line."""
    failed = [one.id for one in found if not one.passed]
    if not failed:
        return f"{len(found)} of {len(found)} exercises verified."
    again = f"laglead author verify {failed[0]}"
    return f"{len(found) - len(failed)} of {len(found)} exercises verified. Mend, then: {again}"


def as_json(found: Sequence[Verification]) -> dict[str, Any]:
    """`exercises[]`, each with its status, counts and problems."""
    return {"exercises": [_exercise(one) for one in found]}


def _exercise(one: Verification) -> dict[str, Any]:
    return {
        "id": one.id,
        "status": "passed" if one.passed else "failed",
        "seeds": list(one.seeds),
        "right": one.right,
        "wrong": one.wrong,
        "permutations": one.orders,
        "mutants": _counts(one),
        "seconds": round(one.seconds, 3),
        "problems": [{"file": _shown(p.file), "line": p.line, "message": p.problem} for p in one.problems],
    }


def _counts(one: Verification) -> dict[str, int]:
    judged = one.proof.judged if one.proof is not None else ()
    counts = {"generated": len(judged)}
    return counts | {bucket.value: sum(j.bucket is bucket for j in judged) for bucket in BUCKETS}


def as_junit(found: Sequence[Verification]) -> str:
    """One test case an exercise; each problem is a line of its failure."""
    failures = sum(not one.passed for one in found)
    suite = ElementTree.Element("testsuite", name="laglead author verify", tests=str(len(found)))
    suite.set("failures", str(failures))
    for one in found:
        case = ElementTree.SubElement(suite, "testcase", name=one.id, classname=one.folder.parent.name)
        case.set("time", f"{one.seconds:.3f}")
        if not one.passed:
            text = "\n".join(f"{_shown(p.file)}:{p.line}: {p.problem}" for p in one.problems)
            failure = ElementTree.SubElement(case, "failure", message=clean(one.problems[0].problem))
            failure.text = clean(text)
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(suite, encoding="unicode")


def as_sarif(found: Sequence[Verification]) -> dict[str, Any]:
    """SARIF 2.1.0: one result a problem."""
    results = [
        {
            "ruleId": "exercise",
            "level": "error",
            "message": {"text": p.problem},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": Path(_shown(p.file)).as_posix()},
                        "region": {"startLine": p.line},
                    }
                }
            ],
        }
        for one in found
        for p in one.problems
    ]
    rule = {"id": "exercise", "shortDescription": {"text": "An exercise tells right from wrong."}}
    driver = {"name": "laglead author verify", "rules": [rule]}
    return {"$schema": SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _shown(file: Path) -> str:
    return workspace.shown(file)
