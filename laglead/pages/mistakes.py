"""The kinds of mistakes, each with its example, from the docstrings of `checker/mutation/`."""

from __future__ import annotations

import re
import textwrap

from checker.mutant import Operator, operators

_LABEL = re.compile(r"^(Before|After):\n((?:    .*\n?)+)", re.MULTILINE)


def page() -> str:
    """The page as markdown."""
    rows = [f"| {o.id} | {o.name.replace('_', ' ')} | {o.clause} | {o.mistake} |\n" for o in operators()]
    head = (
        "# The mistakes\n\n"
        "Every mistake is made in the reference of every exercise; the worlds must show each of them. "
        "A mistake that has an inverse is also looked for in a learner's query.\n\n"
        "| id | mistake | where | what it means |\n|---|---|---|---|\n"
    )
    return head + "".join(rows) + "".join(_section(operator) for operator in operators())


def _section(operator: Operator) -> str:
    shown = _LABEL.sub(
        lambda found: f"{found[1]}:\n\n```sql\n{textwrap.dedent(found[2]).strip()}\n```\n", operator.page
    )
    return f"\n## {operator.id} {operator.name.replace('_', ' ')}\n\n{shown.strip()}\n"
