"""Lints in a process of its own, beside the check: a crash or an endless parse there costs only the findings."""

from __future__ import annotations

import json
import os
import select
import time
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from checker import process, sandbox
from checker.process import Process, Role
from checker.verdict import Confirmation, Edit, Finding, Fix, Proof, Severity, Span

MOST_BYTES = 1 << 20
MEMORY_BYTES = 512 << 20
CPU_SECONDS = 10


@dataclass(slots=True)
class Lint:
    """A lint under way; `request` is what it was not yet told."""

    process: Process
    request: bytes

    def collect(self, seconds: float) -> tuple[Finding, ...]:
        """The findings, or none when they did not come in time."""
        try:
            return tuple(_finding(raw) for raw in json.loads(self._reply(time.monotonic() + seconds)))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return ()
        finally:
            self.stop()

    def _reply(self, deadline: float) -> bytes:
        reply = bytearray()
        while len(reply) <= MOST_BYTES:
            writing = [self.process.requests] if self.request else []
            wait = max(0.0, deadline - time.monotonic())
            ready, free, _ = select.select([self.process.replies], writing, [], wait)
            if free:
                self.send()
            piece = os.read(self.process.replies, 1 << 16) if ready else b""
            reply += piece
            if not free and not piece:
                break  # its end, or ours
        return bytes(reply)

    def send(self) -> None:
        """Write as much of the request as the pipe takes now."""
        self.request = self.request[os.write(self.process.requests, self.request) :]

    def stop(self) -> None:
        """End the process if it still runs."""
        self.process.stop()


def start(sql: str, manifest: Path, allowed: tuple[str, ...]) -> Lint | None:
    """Start linting `sql` with the profile in `manifest`; `allowed` rules are not reported."""
    if find_spec("sqlglot") is None:
        return None
    request = {"sql": sql, "manifest": str(manifest.resolve()), "allowed": allowed}
    under_way = Lint(process.start(Role.LINT), json.dumps(request).encode() + b"\n")
    under_way.send()
    return under_way


def warm() -> None:
    """Load the parser and the rules."""
    lint = import_module("checker.lint")  # loads sqlglot, which the parent of a check must not
    lint.lint("SELECT 1 AS one")


def main(parent: int) -> None:
    """The child: one line on standard input, a list of findings on standard output."""
    warm()
    reading, writing = sandbox.detach_streams()
    with os.fdopen(reading, "rb") as requests, os.fdopen(writing, "wb") as replies:
        request = json.loads(requests.readline())
        confinement = sandbox.Confinement((request["manifest"],), MEMORY_BYTES, CPU_SECONDS, parent)
        sandbox.harden(confinement)
        replies.write(json.dumps(_findings(request)).encode())


def _findings(request: dict[str, Any]) -> list[dict[str, Any]]:
    from checker.lint import lint  # noqa: PLC0415 - loads sqlglot, which the parent must not
    from checker.profile import Profile  # noqa: PLC0415

    try:
        profile = Profile.from_manifest(json.loads(Path(request["manifest"]).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        profile = None
    try:
        found = lint(request["sql"], profile).findings
    except Exception:
        found = ()
    return [_as_json(finding) for finding in found if finding.rule not in request["allowed"]]


def _as_json(finding: Finding) -> dict[str, Any]:
    names = ("rule", "name", "message", "line", "column", "end_line", "end_column")
    raw = {name: getattr(finding, name) for name in names}
    kinds = {"severity": finding.severity.value, "confirmed": finding.confirmed.value}
    proof = finding.proof.name if finding.proof is not None else None
    return {**raw, **kinds, "proof": proof, "fix": _fix_as_json(finding.fix), "probe": _fix_as_json(finding.probe)}


def _fix_as_json(fix: Fix | None) -> dict[str, Any] | None:
    edits = [[edit.span.start, edit.span.end, edit.text] for edit in fix.edits] if fix is not None else []
    return {"safe": fix.safe, "edits": edits} if fix is not None else None


def _finding(raw: dict[str, Any]) -> Finding:
    severity, confirmed = Severity(raw["severity"]), Confirmation(raw["confirmed"])
    proof = Proof[raw["proof"]] if raw["proof"] is not None else None
    changes = {"fix": _fix(raw["fix"]), "probe": _fix(raw["probe"])}
    return Finding(**{**raw, "severity": severity, "confirmed": confirmed, "proof": proof, **changes})


def _fix(raw: dict[str, Any] | None) -> Fix | None:
    if raw is None:
        return None
    edits = tuple(Edit(Span(int(start), int(end)), str(text)) for start, end, text in raw["edits"])
    return Fix(edits, safe=bool(raw["safe"]))
