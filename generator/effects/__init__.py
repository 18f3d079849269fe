"""The planted effects: what is true of the log although a naive query does not see it.

One module is one effect, found by presence: it holds the constants and the draws that plant it, and an
`EFFECT` that says what is planted and what hides it. `_truth/effects.json` lists them for graders; the
folders of tests/generator/effects hold for each the query that recovers it and one that is misled.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from generator.block import SECOND, Window
from generator.errors import EffectError

Planted = Mapping[str, float | int | str]


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect: `planted` gives its numbers over a window, `hidden_by` says what a naive query falls for."""

    name: str
    what: str
    hidden_by: str
    planted: Callable[[Window], Planted]


@cache
def effects() -> Mapping[str, Effect]:
    """All effects by name; EffectError for a module without one."""
    found = [_effect(module.name) for module in iter_modules(__path__)]
    return MappingProxyType({effect.name: effect for effect in sorted(found, key=lambda effect: effect.name)})


def truth(window: Window) -> str:
    """The effects of a log as JSON, for `_truth/effects.json`."""
    listed = [
        {"name": e.name, "what": e.what, "hidden_by": e.hidden_by, "planted": dict(e.planted(window))}
        for e in effects().values()
    ]
    return json.dumps(listed, indent=1, ensure_ascii=False) + "\n"


def moment(microseconds: int) -> str:
    """A moment as ISO text in UTC."""
    return datetime.fromtimestamp(microseconds / SECOND, tz=UTC).isoformat()


def _effect(module: str) -> Effect:
    effect = getattr(import_module(f"{__name__}.{module}"), "EFFECT", None)
    if not isinstance(effect, Effect):
        raise EffectError(module, "declares no EFFECT")
    if effect.name != module:
        raise EffectError(module, f"names its effect {effect.name!r} instead of {module!r}")
    return effect
