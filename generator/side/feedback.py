"""feedback: what people say of answers, as logged: few, at the ends of the scale, in several spellings."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.arrow import arrow_schema
from generator.block import ASSISTANT, Block, Rows
from generator.frame import take
from generator.lanes import Flags, Keys, Whole
from generator.model import tables
from generator.world import refs

INSTRUMENTS = ("thumb", "likert5", "slider100", "arena", "report")
THUMB, LIKERT, SLIDER, ARENA, REPORT = range(5)
GIVERS, GIVING_RATE, OTHERS_RATE = 0.15, 0.09, 0.006
ORPHANS = 0.05
# Ratings 1 to 5 are U-shaped; a refusal is liked less.
LIKED, DISLIKED = (20, 6, 7, 17, 50), (52, 14, 10, 10, 14)
COMMENTS = ("wrong", "exactly what I needed", "too long", "it changed its mind", "please cite", "great", "unsafe")
SCALE_CHANGE_HUNDREDTH = 55


def draw(block: Block) -> pa.Table:
    """Feedback on answers, by created_at."""
    rows = block.rows
    giver = lanes.chance(block.people.key, "feedback/giver", GIVERS)[block.conversations.user[rows.conversation]]
    asked = rows.on_path & (rows.role == ASSISTANT) & (rows.status == 200)
    given = asked & lanes.chance(rows.key, "feedback/given", np.where(giver, GIVING_RATE, OTHERS_RATE))
    rows = take(rows, given)
    at = rows.at + 4_000_000 + lanes.below(rows.key, "feedback/wait", 600) * 1_000_000
    table = _table(block, rows, rows.key ^ lanes.lane("feedback"), at)
    table = table.filter(pa.array(at < block.window.extracted))
    return table.sort_by([("created_at", "ascending"), ("feedback_id", "ascending")])


def _table(block: Block, rows: Rows, key: Keys, at: Whole) -> pa.Table:
    instrument = lanes.choose(key, "feedback/instrument", [56, 26, 8, 6, 4])
    scale = np.where((instrument == LIKERT) & (block.window.hundredth(at) >= SCALE_CHANGE_HUNDREDTH), 2, 1)
    message = np.where(lanes.chance(key, "feedback/orphan", ORPHANS), lanes.bits(key, "feedback/lost"), rows.message)
    person, who = block.conversations.user[rows.conversation], block.people
    hidden = lanes.chance(key, "feedback/nobody", 0.01) | block.conversations.anonymous[rows.conversation]
    comment = np.where(
        lanes.chance(key, "feedback/comment", 0.1), lanes.below(key, "feedback/which", len(COMMENTS)), -1
    )
    return pa.Table.from_pydict(
        {
            "feedback_id": columns.prefixed("fb_", lanes.bits(key, "feedback/id")),
            "message_id": columns.hex16(message),
            "user_ref": columns.blanked(refs(who.ref_kind[person], who.ref[person]), hidden),
            "instrument": columns.words(instrument, INSTRUMENTS),
            "value": _values(rows, key, instrument, scale),
            "scale_version": columns.whole(scale, pa.int16()),
            "revised_from": columns.nothing(len(key)),
            "comment": columns.words(comment, COMMENTS),
            "created_at": columns.times(at),
        },
        schema=arrow_schema(tables()["feedback"]),
    )


def _values(rows: Rows, key: Keys, instrument: Whole, scale: Whole) -> pa.StringArray:
    """The answer as logged; NULL in 2 %."""
    rating = 1 + np.where(
        rows.refused, lanes.choose(key, "feedback/disliked", DISLIKED), lanes.choose(key, "feedback/liked", LIKED)
    )
    shown = np.where(scale == 2, 6 - rating, rating)
    texts = [
        columns.words((rating >= 4).astype(np.int64), ("down", "up")),
        _likert(key, shown),
        pa.array(np.clip(rating * 20 - lanes.below(key, "feedback/slider", 21), 0, 100)).cast(pa.string()),
        columns.words(lanes.choose(key, "feedback/arena", [44, 42, 14]), ("a", "b", "tie")),
        columns.words(lanes.choose(key, "feedback/report", [50, 30, 20]), ("wrong", "harmful", "spam")),
    ]
    return columns.blanked(pa.compute.choose(pa.array(instrument), *texts), _unanswered(key))


def _likert(key: Keys, shown: Whole) -> pa.StringArray:
    """'5', now and then '5.0', 'N/A' or ''."""
    spelling = lanes.choose(key, "feedback/spelling", [86, 8, 4, 2])
    plain = columns.words(shown - 1, tuple("12345"))
    point = columns.words(shown - 1, tuple(f"{n}.0" for n in range(1, 6)))
    return pa.compute.choose(pa.array(spelling), plain, point, pa.scalar("N/A"), pa.scalar(""))


def _unanswered(key: Keys) -> Flags:
    return lanes.chance(key, "feedback/null", 0.02)
