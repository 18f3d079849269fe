"""Reads the committed vocabulary: sentence pools, claims, places, models and quantile tables."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@cache
def read(name: str) -> dict[str, Any]:
    """The TOML file `vocab/<name>.toml`."""
    return tomllib.loads((files("generator") / "vocab" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def quantile_table(name: str) -> NDArray[np.int64]:
    """The knots of one inverse distribution function: 1,025 for all, 1,025 for the last cell."""
    return np.array(read("quantiles")[name], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Pool:
    """All sentences in one array: each with a space at its end, then each without, then the claims' sentences.

    `groups` maps a group's name to its first index and its length.
    """

    sentences: pa.StringArray
    closed: int
    groups: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims that can be made; belief `b` of claim `c` is spelled by variants `first[c, b]` and the next ones."""

    keys: pa.StringArray
    values: pa.StringArray
    units: pa.StringArray
    claim_of: NDArray[np.int64]
    first: NDArray[np.int64]
    spellings: NDArray[np.int64]
    other: NDArray[np.int64]
    sentence: NDArray[np.int64]


@cache
def pool() -> Pool:
    """The sentences of every group, and one for each variant of a claim."""
    groups: dict[str, tuple[int, int]] = {}
    sentences: list[str] = []
    for name, group in [*read("sentences").items(), ("claim", _claim_sentences())]:
        groups[name] = (len(sentences), len(group))
        sentences += group
    both = [f"{sentence} " for sentence in sentences] + sentences
    return Pool(sentences=pa.array(both, pa.string()), closed=len(sentences), groups=groups)


@cache
def claims() -> Claims:
    """The catalogue of claims as flat arrays of variants."""
    variants = _variants()
    catalogue = read("claims")["claim"]
    claim_of = np.array([v[0] for v in variants], dtype=np.int64)
    belief_of = np.array([v[1] for v in variants], dtype=np.int64)
    first = np.zeros((len(catalogue), 3), dtype=np.int64)
    spellings = np.zeros((len(catalogue), 3), dtype=np.int64)
    for belief in range(3):
        for claim in range(len(catalogue)):
            found = np.flatnonzero((claim_of == claim) & (belief_of == belief))
            first[claim, belief], spellings[claim, belief] = found[0], len(found)
    other = np.full(len(catalogue), -1, dtype=np.int64)
    other[claim_of[belief_of == -1]] = np.flatnonzero(belief_of == -1)
    start = pool().groups["claim"][0]
    return Claims(
        keys=pa.array([catalogue[v[0]]["key"] for v in variants], pa.string()),
        values=pa.array([v[2] for v in variants], pa.string()),
        units=pa.array([v[3] or None for v in variants], pa.string()),
        claim_of=claim_of,
        first=first,
        spellings=spellings,
        other=other,
        sentence=start + np.arange(len(variants)),
    )


@cache
def _variants() -> list[tuple[int, int, str, str]]:
    """(claim, belief, value, unit); the same fact in another unit has belief -1."""
    variants = []
    for number, claim in enumerate(read("claims")["claim"]):
        for belief, values in enumerate(claim["beliefs"]):
            variants += [(number, belief, value, claim["unit"]) for value in values]
        if "other" in claim:
            variants.append((number, -1, claim["other"]["value"], claim["other"]["unit"]))
    return variants


def _claim_sentences() -> list[str]:
    catalogue = read("claims")["claim"]
    return [
        f"The {catalogue[claim]['key'].replace('_', ' ')} is {value.strip()}{f' {unit}' if unit else ''}."
        for claim, _, value, unit in _variants()
    ]
