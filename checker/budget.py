"""Time that a query may take: the clock runs only while somebody waits for a reply."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass


@dataclass(slots=True)
class Budget:
    """`seconds` of work in all; `working_since` is on the monotonic clock, None between two requests."""

    seconds: float
    spent: float = 0.0
    working_since: float | None = None

    def begin(self) -> None:
        """A request is being worked on."""
        self.working_since = time.monotonic()

    def end(self) -> None:
        """The request is answered."""
        if self.working_since is not None:
            self.spent += time.monotonic() - self.working_since
        self.working_since = None

    @property
    def deadline(self) -> float:
        """When the budget is used up (monotonic clock); never while nothing is being worked on."""
        if self.working_since is None:
            return math.inf
        return self.working_since + self.seconds - self.spent

    @property
    def used_up(self) -> bool:
        """Whether the work has to stop now."""
        return time.monotonic() >= self.deadline
