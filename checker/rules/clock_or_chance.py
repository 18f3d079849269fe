"""The clock or a random number in a query: tomorrow it gives something else.

**Why it bites.** "The last seven days" by `now()` cannot be checked, compared or run again on the
same log. Take the end from the data, or write it down.

Setup:

    CREATE TABLE turns AS SELECT * FROM (VALUES
        (1, TIMESTAMPTZ '2026-01-05 10:00:00+00'), (2, TIMESTAMPTZ '2026-01-10 10:00:00+00')
    ) AS t(turn_index, created_at);

Fires:

    SELECT turn_index FROM turns WHERE created_at > now() - INTERVAL 7 DAYS
    --                                              ^^^^^

Quiet:

    SELECT turn_index FROM turns WHERE created_at > TIMESTAMPTZ '2026-01-15 00:00:00+00' - INTERVAL 7 DAYS

Effect: differs

Allow it in a monitor that shall follow the clock.

Source: DuckDB documentation, "Timestamp Functions", "Numeric Functions": now, random.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from checker.rule import Hit, Needs
from checker.tree import Tree
from checker.verdict import Severity

ID = "TIM009"
SEVERITY = Severity.WARNING
NEEDS = Needs.TREE

_TYPES = (exp.CurrentTimestamp, exp.CurrentDate, exp.CurrentTime, exp.CurrentDatetime, exp.Rand, exp.Uuid)
_NAMES = {"now", "today", "random", "uuid", "gen_random_uuid", "get_current_timestamp", "transaction_timestamp"}


def check(tree: Tree) -> Iterator[Hit]:
    """The calls of the clock and of chance."""
    named = [call for call in tree.nodes(exp.Anonymous) if call.name.lower() in _NAMES and not call.expressions]
    for node in [*tree.nodes(*_TYPES), *named]:
        if "start" in node.meta:
            yield Hit(tree.moment(node), "another run gives another result: take it from the data, or write it down")
