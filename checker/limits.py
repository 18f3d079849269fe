"""How much time, memory and output one check may use."""

from __future__ import annotations

from dataclasses import dataclass

# How a child ends that finds itself over its memory.
OUT_OF_MEMORY = 77


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one check.

    After `soft_seconds` of work the child is asked to stop, after `hard_seconds` it is killed with its
    group;
    `memory_bytes` is what the child may hold above what it needs to start; `output_bytes` bounds
    one message from it.
    """

    soft_seconds: float = 10.0
    hard_seconds: float = 12.0
    memory_bytes: int = 1 << 30
    engine_memory_bytes: int = 512 << 20
    output_bytes: int = 1 << 20
    threads: int = 2
    rows_shown: int = 100
