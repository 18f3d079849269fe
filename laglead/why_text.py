"""The mistake behind a wrong answer: where, then what; never the text that would be right."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from laglead.terminal import clean, width

if TYPE_CHECKING:
    from checker.why import Why


def why_lines(found: Why) -> list[str]:
    """What a learner reads below the verdict."""
    told = []
    if found.step is not None:
        told.append(f"The first step that gives other rows than it should is {found.step}.")
    if found.repair is not None:
        where = f"in {found.repair.step}, " if found.repair.step else ""
        told.append(
            f"One edit makes the answer right. It is about {found.repair.clause}: {where}line {found.repair.line}."
        )
        told.append(found.repair.mistake)
    elif found.finished:
        told.append(
            f"No single edit of the {found.tried} that were tried makes it right: more than one thing is wrong."
        )
    else:
        told.append(f"{found.tried} edits were tried, and none makes it right; there was no time for the others.")
    return [line for text in told for line in _wrapped(text)]


def why_json(found: Why | None) -> dict[str, Any] | None:
    """The same for programs; null where nothing was looked for."""
    if found is None:
        return None
    edit = found.repair
    repair = edit and {"mistake": edit.mistake, "clause": edit.clause, "step": edit.step, "line": edit.line}
    return {"step": found.step, "repair": repair, "tried": found.tried, "finished": found.finished}


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(clean(text), width() - 2, initial_indent="  ", subsequent_indent="  ")
