"""Shares: which shards of a plan one of several machines makes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.errors import PlanError

_SHARE = re.compile(r"\s*(\d{1,9})\s*/\s*(\d{1,9})\s*")
_NEXT = "write K/N with 1 <= K <= N, such as 2/8 for the second of eight shares"


@dataclass(frozen=True, slots=True)
class Share:
    """Share `number` (from 1) of `of`; PlanError when there is no such share."""

    number: int
    of: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of:
            raise PlanError("shard", str(self), _NEXT)

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def numbers(self, total: int) -> range:
        """The shards that belong to it: every `of`-th, so that all shares take about as long."""
        return range(self.number - 1, total, self.of)


def parse(text: str) -> Share:
    """The share that `K/N` means."""
    found = _SHARE.fullmatch(text)
    if found is None:
        raise PlanError("shard", text, _NEXT)
    return Share(int(found[1]), int(found[2]))
