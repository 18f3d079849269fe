"""The clock of a world: moments that straddle midnights and months, and gaps that sit on thresholds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from generator.seed import Stream
from generator.worlds.mood import Mood
from generator.worlds.threshold import SECOND, UNITS_US, Count, Daily, Elapsed, Threshold

MINUTE, HOUR, DAY = UNITS_US["minute"], UNITS_US["hour"], UNITS_US["day"]

# An ordinary morning, then the evenings before a midnight, a month, a year and February's end, and the
# hours in which the clocks of Europe and of the United States change.
_STARTS = tuple(
    int(datetime.fromisoformat(text).timestamp()) * SECOND
    for text in (
        "2026-03-03T10:00:00+00:00",
        "2026-03-03T10:00:00+00:00",
        "2026-03-03T23:56:00+00:00",
        "2026-01-31T23:50:00+00:00",
        "2025-12-31T23:57:00+00:00",
        "2026-02-28T23:40:00+00:00",
        "2026-03-29T00:40:00+00:00",
        "2026-03-08T09:45:00+00:00",
        "2026-10-25T00:30:00+00:00",
    )
)
# Where in its minute a world starts decides what counting minute boundaries gets wrong.
_OFFSETS = (0, 0, 0, 1, 30 * SECOND, 59 * SECOND, 60 * SECOND - 1)
_ORDINARY = (1, SECOND, 17 * SECOND, 59 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 39 * MINUTE, 3 * HOUR, 26 * HOUR)
# How long before a time of the day a world starts; the gap that it likes leads there.
_BEFORE_DAILY = (0, 1, -1, SECOND, 2 * MINUTE, 2 * MINUTE, 6 * HOUR, 6 * HOUR, 20 * HOUR, DAY, 40 * HOUR)
_COMMON = (
    Elapsed(30 * MINUTE, MINUTE),
    Elapsed(30 * MINUTE, MINUTE),
    Elapsed(60 * MINUTE, MINUTE),
    Elapsed(HOUR, HOUR),
    Elapsed(DAY, HOUR),
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a world starts (microseconds since 1970 UTC) and the gaps that it likes."""

    start_us: int
    mood: Mood
    elapsed: Elapsed | None

    def gap(self, stream: Stream) -> int:
        """Microseconds to the next moment: a tie, an edge of a threshold or an ordinary gap; never negative."""
        draw = stream.below(100)
        if draw < self.mood.tie:
            return 0
        if draw < self.mood.tie + self.mood.edge + (25 if self.elapsed else 0):
            return self.edge(stream)
        return stream.pick(_ORDINARY)

    def edge(self, stream: Stream) -> int:
        """A gap on a threshold, a hair beside it, or where counting whole units says something else."""
        elapsed = self.elapsed if self.elapsed and stream.below(10) else stream.pick(_COMMON)
        unit, twice = elapsed.unit_us, elapsed.us
        beside = (0, 0, 0, 0, 0, 1, 1, -1, -1, SECOND, -SECOND, unit - SECOND, SECOND - unit, unit - 1, twice)
        return max(0, elapsed.us + stream.pick(beside))

    def moment(self, stream: Stream) -> int:
        """A moment near the start of the world: the start itself, or one or two gaps later."""
        moment = self.start_us
        for _ in range(stream.below(3)):
            moment += self.gap(stream)
        return moment

    def after(self, stream: Stream, before_us: int) -> int:
        """The next moment after another; where clocks run backwards it may lie before it."""
        if stream.chance(self.mood.backwards):
            return before_us - stream.pick((1, SECOND, MINUTE, 31 * MINUTE))
        return before_us + self.gap(stream)


def draw_clock(stream: Stream, mood: Mood, threshold: Threshold | None) -> Clock:
    """The clock of one world; a threshold that is a span of time becomes its favourite gap."""
    match threshold:
        case Daily(us):
            before = stream.pick(_BEFORE_DAILY)
            start = stream.pick(_STARTS) // DAY * DAY + us - before
            return Clock(start, mood, Elapsed(before, MINUTE) if before >= MINUTE else Elapsed(DAY, HOUR))
        case Elapsed(from_low_to_high=True):
            # What is earlier in time is then not always earlier in the conversation.
            mood, elapsed = replace(mood, backwards=max(mood.backwards, 20)), threshold
        case Elapsed():
            elapsed = threshold
        case Count() | None:
            return Clock(stream.pick(_STARTS) + stream.pick(_OFFSETS), mood, None)
        case _:
            assert_never(threshold)
    return Clock(stream.pick(_STARTS) + stream.pick(_OFFSETS), mood, elapsed)
