"""How a command ends when it cannot do what was asked.

    Stop            a message for the person, with its exit code
    |-- Mistake     2: the person's (usage, unknown id, missing data)
    `-- Fault       3: ours, the author's or the disk's

Exit codes everywhere: 0 passed, 1 wrong answer or findings, 2 and 3 as above.
"""

from __future__ import annotations

PASSED, WRONG, MISTAKE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


class Stop(Exception):
    """The root: a message that says what is wrong, where, and the next step."""

    code = FAULT


class Mistake(Stop):
    """What the person can put right."""

    code = MISTAKE


class Fault(Stop):
    """What the person cannot be blamed for."""

    code = FAULT
