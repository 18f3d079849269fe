"""The people of the log: who they are, where they live, and the names under which the log knows them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa

from generator import columns, lanes
from generator.arrow import arrow_schema
from generator.block import NULL, SECOND, SURFACES, Conversations, People, Window
from generator.lanes import Flags, Keys, Whole
from generator.model import tables
from generator.vocabulary import read

ACCOUNT, ANONYMOUS, HASHED_IP = range(3)
REF_PREFIXES = ("acct_", "anon_", "ip_")
PLANS = ("free", "plus", "team", "enterprise")
DAY = 86_400 * SECOND
KNOWN_SINCE_DAYS = 400
MOVED_RATE = 0.15
DELETED_RATE = 0.02
HOME_REGION = {"US": 0, "BR": 0, "CA": 0, "GB": 1, "DE": 1, "FR": 1, "ES": 1, "TR": 1, "EG": 1, "IT": 1, "PL": 1}


def people(seed_key: Keys, first: int, count: int) -> People:
    """The users `first` .. `first + count - 1`."""
    index = np.arange(first, first + count, dtype=np.int64)
    key = lanes.child(np.broadcast_to(seed_key, index.shape), index)
    country = lanes.choose(key, "user/country", [place["share"] for place in read("places")["country"]])
    account = lanes.chance(key, "user/account", 0.7)
    return People(
        index=index,
        key=key,
        ref_kind=np.where(account, ACCOUNT, ANONYMOUS),
        ref=lanes.bits(key, "user/ref"),
        user=lanes.bits(key, "user/id"),
        country=country,
        language=lanes.choose(key, "user/language", [spoken["share"] for spoken in read("places")["language"]]),
        plan=lanes.choose(key, "user/plan", [68, 20, 8, 4]),
        agent=lanes.below(key, "user/agent", len(read("user_agents")["user_agents"])),
        surface=lanes.choose(key, "user/surface", [45, 30, 15, 10]),
        region=_home_regions()[country],
        attacker=lanes.chance(key, "user/attacker", 0.012),
    )


def refs(kind: Whole, ref: Keys) -> pa.StringArray:
    """user_ref: a prefix that says what it is, and 16 hex digits."""
    return columns.joined(columns.words(kind, REF_PREFIXES), columns.hex16(ref))


def user_table(who: People, conversations: Conversations, window: Window) -> pa.Table:
    """users: one period for each user_ref, two where plan or country changed; refs that are shared appear once."""
    seen = np.bincount(conversations.user, minlength=len(who.key)) > 0
    _, firsts = np.unique(who.ref, return_index=True)
    chosen = np.sort(firsts[seen[firsts] | (who.ref_kind[firsts] == HASHED_IP)])
    moved = lanes.chance(who.key[chosen], "user/moved", MOVED_RATE)
    person = np.repeat(chosen, 1 + moved)
    later = np.concatenate(([False], person[1:] == person[:-1])) if len(person) else np.zeros(0, bool)
    starts, ends = _periods(who.key[person], np.repeat(moved, 1 + moved), later, window)
    return _user_rows(who, person, later, starts, ends)


def _periods(key: Keys, moved: Flags, later: Flags, window: Window) -> tuple[Whole, Whole]:
    since = window.start - lanes.below(key, "user/since", KNOWN_SINCE_DAYS * 24) * (DAY // 24) - DAY
    change = window.start + lanes.below(key, "user/change", window.weeks * 7 * 24) * (DAY // 24)
    return np.where(later, change, since), np.where(moved & ~later, change, NULL)


def _user_rows(who: People, person: Whole, later: Flags, starts: Whole, ends: Whole) -> pa.Table:
    key, places = lanes.child(who.key[person], later.astype(np.int64)), read("places")["country"]
    shared = who.ref_kind[person] == HASHED_IP
    country = np.where(later & lanes.chance(key, "user/abroad", 0.4), lanes.below(key, "user/to", len(places)), -1)
    country = np.where(country < 0, who.country[person], country)
    plan = np.where(later, (who.plan[person] + 1 + lanes.below(key, "user/new_plan", 3)) % len(PLANS), who.plan[person])
    gone = lanes.chance(who.key[person], "user/deleted", DELETED_RATE) & (ends == NULL) & ~shared
    account = lanes.below(who.key[person], "user/team", 3) + who.index[person] // 3 * 3
    arrays = {
        "user_ref": refs(who.ref_kind[person], who.ref[person]),
        "user_id": columns.prefixed("usr_", who.user[person]),
        "valid_from": columns.times(starts),
        "valid_to": columns.times(ends),
        "merged_into": columns.nothing(len(person)),
        "deleted_at": columns.times(np.where(gone, starts + DAY * (20 + lanes.below(key, "user/gone", 300)), NULL)),
        "account_id": columns.prefixed("acc_", lanes.mix(account.astype(np.uint64)), who.ref_kind[person] != ACCOUNT),
        "country": columns.words(_lost(country, key, "user/no_country", 0.04), [place["code"] for place in places]),
        "timezone": columns.words(_lost(country, key, "user/no_zone", 0.08), [place["zone"] for place in places]),
        "plan": columns.words(plan, PLANS),
        "user_agent": columns.words(_lost(who.agent[person], key, "user/no_agent", 0.06), _agents()),
    }
    return pa.Table.from_pydict(arrays, schema=arrow_schema(tables()["users"]))


def surfaces(key: Keys, usual: Whole) -> Whole:
    """Where conversations take place: mostly the user's usual surface."""
    other = lanes.below(key, "conversation/surface", len(SURFACES))
    return np.where(lanes.chance(key, "conversation/elsewhere", 0.2), other, usual)


def _lost(codes: Whole, key: Keys, name: str, rate: float) -> Whole:
    return np.where(lanes.chance(key, name, rate), -1, codes)


@cache
def _home_regions() -> Whole:
    return np.array([HOME_REGION.get(place["code"], 2) for place in read("places")["country"]], dtype=np.int64)


def _agents() -> list[str]:
    return list(read("user_agents")["user_agents"])
