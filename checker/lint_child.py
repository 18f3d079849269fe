"""Lints in a process of its own, beside the check: a crash or an endless parse there costs only the findings."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from checker.verdict import Confirmation, Finding, Severity

PROGRAM = "import sys; sys.path += {path!r}; from checker.lint_child import main; main()"
MOST_BYTES = 1 << 20


@dataclass(slots=True)
class Lint:
    """A lint under way."""

    process: subprocess.Popen[bytes]

    def collect(self, seconds: float) -> tuple[Finding, ...]:
        """The findings, or none when they did not come in time."""
        try:
            output, _ = self.process.communicate(timeout=max(0.01, seconds))
            return tuple(_finding(raw) for raw in json.loads(output[:MOST_BYTES]))
        except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
            return ()
        finally:
            self.stop()

    def stop(self) -> None:
        """End the process if it still runs."""
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()


def start(sql: str, manifest: Path, allowed: tuple[str, ...]) -> Lint | None:
    """Start linting `sql` with the profile in `manifest`; `allowed` rules are not reported."""
    spec = find_spec("sqlglot")
    if spec is None or spec.origin is None:
        return None
    folders = [str(Path(spec.origin).resolve().parent.parent), str(Path(__file__).resolve().parent.parent)]
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", PROGRAM.format(path=folders)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        start_new_session=True,
    )
    request = json.dumps({"sql": sql, "manifest": str(manifest), "allowed": allowed}).encode()
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(request)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdin = None
    return Lint(process)


def main() -> None:
    """The child: one request on standard input, a list of findings on standard output."""
    import resource  # noqa: PLC0415 - only here, and absent on some platforms

    resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from checker.lint import lint  # noqa: PLC0415 - loads sqlglot, which the parent must not
    from checker.profile import Profile  # noqa: PLC0415

    request = json.loads(sys.stdin.buffer.read())
    try:
        profile = Profile.from_manifest(json.loads(Path(request["manifest"]).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        profile = None
    try:
        found = lint(request["sql"], profile).findings
    except Exception:
        found = ()
    kept = [_as_json(finding) for finding in found if finding.rule not in request["allowed"]]
    sys.stdout.write(json.dumps(kept))


def _as_json(finding: Finding) -> dict[str, Any]:
    names = ("rule", "name", "message", "line", "column", "end_line", "end_column")
    raw = {name: getattr(finding, name) for name in names}
    return {**raw, "severity": finding.severity.value, "confirmed": finding.confirmed.value}


def _finding(raw: dict[str, Any]) -> Finding:
    words = {**raw, "severity": Severity(raw["severity"]), "confirmed": Confirmation(raw["confirmed"])}
    return Finding(**words)
