"""Prints how many rows the kind `late_homework` touched, and the hash of the messages of thirty users.

Arguments: where the packages are, and the rates of mess as JSON.
"""

from __future__ import annotations

import json
import sys

sys.path.insert(0, sys.argv[1])

from generator.digest import TableDigest, combined
from generator.fleet import fleet
from generator.plan import Plan
from generator.shard import block_tables

plan = Plan(profile="small", users=30, mess=json.loads(sys.argv[2]))
made = block_tables(plan, fleet(plan.window()), 0, plan.users)
digest = TableDigest(made["message_events"].schema)
digest.update(made["message_events"])
print(made["ledger"]["kind"].to_pylist().count("late_homework"))
print(combined(digest.columns().values()))
