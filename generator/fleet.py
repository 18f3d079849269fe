"""The models that answer: versions, releases and prices, from vocab/models.toml."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa

from generator import lanes
from generator.arrow import arrow_schema
from generator.block import REGIONS, SECOND, Window
from generator.lanes import Keys, Whole
from generator.model import tables
from generator.vocabulary import read

DAY = 86_400 * SECOND
LONG_AGO_DAYS = 120
CANARY_DAYS = 5
CANARY_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Release:
    """One row of model_releases; `starts` and `ends` in microseconds, `ends` None while open."""

    model: int
    version: int
    region: int
    starts: int
    ends: int | None
    percent: int
    kind: str


@dataclass(frozen=True, slots=True)
class Fleet:
    """Names first: `names` holds every dated version, then every alias; codes index it.

    `launches[model][region]` are the launch times of the model's versions, in order.
    """

    names: tuple[str, ...]
    aliases: int
    shares: tuple[int, ...]
    speed: Whole
    first: tuple[int, ...]
    launches: tuple[tuple[Whole, ...], ...]
    releases: tuple[Release, ...]

    def alias_code(self, alias: Whole) -> Whole:
        """The code of an alias's name."""
        return alias + len(self.names) - self.aliases

    def served(self, keys: Keys, alias: Whole, region: Whole, at: Whole) -> Whole:
        """The code of the version that answers at a time, canaries included."""
        version = np.zeros(len(at), dtype=np.int64)
        canary = lanes.chance(keys, "fleet/canary", CANARY_PERCENT / 100)
        ahead = np.where(canary, CANARY_DAYS * DAY, 0)
        for model in range(self.aliases):
            for place in range(len(REGIONS)):
                here = (alias == model) & (region == place)
                found = np.searchsorted(self.launches[model][place], at[here] + ahead[here], side="right") - 1
                version[here] = self.first[model] + np.maximum(found, 0)
        return version


def fleet(window: Window) -> Fleet:
    """The fleet over a window: launches are placed at shares of its length, one day later in each region."""
    models = read("models")["model"]
    versions = [version for model in models for version in model["versions"]]
    first = tuple(int(n) for n in np.cumsum([0, *(len(model["versions"]) for model in models)])[:-1])
    launches = tuple(
        tuple(_launches(model["launched"], region, window) for region in range(len(REGIONS))) for model in models
    )
    return Fleet(
        names=(*versions, *(model["alias"] for model in models)),
        aliases=len(models),
        shares=tuple(model["share"] for model in models),
        speed=np.array([model["speed_us_per_token"] for model in models], dtype=np.int64),
        first=first,
        launches=launches,
        releases=tuple(_releases(first, launches, window)),
    )


def release_table(of: Fleet) -> pa.Table:
    """model_releases."""
    names, split = of.names, len(of.names) - of.aliases
    rows = [
        {
            "alias": names[split + release.model],
            "model_version": names[release.version],
            "region": REGIONS[release.region],
            "valid_from": release.starts,
            "valid_to": release.ends,
            "rollout_pct": release.percent,
            "kind": release.kind,
            "moderation_model": None if (number * 7 + 3) % 10 == 0 else f"guard-{1 + release.version % 3}",
        }
        for number, release in enumerate(of.releases)
    ]
    return pa.Table.from_pylist(rows, schema=arrow_schema(tables()["model_releases"]))


def price_table(of: Fleet, window: Window) -> pa.Table:
    """model_prices: each version's price, and a second, lower one from the middle of the window for the old ones."""
    rows = []
    middle, long_ago = (window.start + window.end) // 2, window.start - LONG_AGO_DAYS * DAY
    for number, model in enumerate(read("models")["model"]):
        for place, version in enumerate(model["versions"]):
            opened = long_ago if place == 0 else int(of.launches[number][0][place]) - CANARY_DAYS * DAY
            periods = [(opened, middle, 100), (middle, None, 80)] if place == 0 else [(opened, None, 100)]
            rows += [_price(version, start, end, model["price"], percent) for start, end, percent in periods]
    return pa.Table.from_pylist(rows, schema=arrow_schema(tables()["model_prices"]))


def _price(version: str, start: int, end: int | None, price: list[float], percent: int) -> dict[str, object]:
    read_in, written = (Decimal(str(part)) * percent / 100 for part in price)
    exact = Decimal("0.0001")
    return {
        "model_version": version,
        "valid_from": start,
        "valid_to": end,
        "input_price": read_in.quantize(exact),
        "output_price": written.quantize(exact),
        "cache_read_price": (read_in / 10).quantize(exact),
        "cache_creation_price": (read_in * 5 / 4).quantize(exact),
    }


def _launches(hundredths: list[int], region: int, window: Window) -> Whole:
    length = window.end - window.start
    times = [
        window.start - LONG_AGO_DAYS * DAY if part == 0 else window.start + length * part // 100 + region * DAY
        for part in hundredths
    ]
    return np.array(times, dtype=np.int64)


def _releases(first: tuple[int, ...], launches: tuple[tuple[Whole, ...], ...], window: Window) -> list[Release]:
    found = []
    for model, per_region in enumerate(launches):
        for region, times in enumerate(per_region):
            for place, launched in enumerate(int(time) for time in times):
                version = first[model] + place
                # The old version keeps its window for two days more: windows overlap during a rollout.
                ends = int(times[place + 1]) + 2 * DAY if place + 1 < len(times) else None
                if place:
                    canary = launched - CANARY_DAYS * DAY
                    found.append(Release(model, version, region, canary, launched, CANARY_PERCENT, "canary"))
                found.append(Release(model, version, region, launched, ends, 100, "launch"))
    last = first[2] + 2
    shadow = window.start + (window.end - window.start) * 60 // 100
    found.append(Release(2, last, 0, shadow, shadow + 10 * DAY, 5, "shadow"))
    back = int(launches[0][1][1]) + DAY
    found.append(Release(0, first[0], 1, back, back + DAY, 100, "rollback"))
    return found
