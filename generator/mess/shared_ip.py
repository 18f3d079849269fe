"""Anonymous people who are known by the hash of an address that many share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator import lanes
from generator.block import Block
from generator.ledger import noted
from generator.mess import Kind, Stage
from generator.world import HASHED_IP, refs

PEOPLE_PER_ADDRESS_RANGE = 100


def apply(block: Block, rate: float) -> Block:
    """Give people of one range of users the same user_ref and user_id."""
    who = block.people
    touched = lanes.chance(who.key, "mess/shared_ip", rate)
    address = lanes.mix((who.index // PEOPLE_PER_ADDRESS_RANGE).astype(np.uint64) ^ lanes.lane("address"))
    people = replace(
        who,
        ref_kind=np.where(touched, HASHED_IP, who.ref_kind),
        ref=np.where(touched, address, who.ref),
        user=np.where(touched, lanes.mix(address), who.user),
    )
    talks = touched & (np.bincount(block.conversations.user, minlength=len(who.key)) > 0)
    addresses = refs(people.ref_kind[touched], people.ref[touched]).unique()
    block = noted(replace(block, people=people), KIND.name, "users", refs(who.ref_kind[talks], who.ref[talks]))
    return noted(block, KIND.name, "users", addresses, chosen=False)


KIND = Kind(
    name="shared_ip",
    stage=Stage.LASTING,
    rate=0.15,
    of="users (they share about 1 % of the ids)",
    denominator="SELECT count(DISTINCT user_ref) FROM users",
    what="user_ref is a hashed IP address behind which are many people",
    punishes="taking an address for a person",
    seen="WildChat identifies users by hashed IP and header",
    undone_by="nothing: the prefix ip_ tells",
    apply=apply,
    order=12,
)
