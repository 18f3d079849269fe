"""Tiny adversarial databases: every table of the log, thousands of times, a few rows each."""

from __future__ import annotations

from generator.worlds.write import BASE, WorldsSummary, write

__all__ = ["BASE", "WorldsSummary", "write"]
