"""Builds the committed vocabulary: `make vocab` writes sentences, user agents and quantile tables as TOML.

Faker and floating-point mathematics live here only, at build time. The log is drawn from the files
that this program writes, so that neither a new Faker nor another processor changes a byte of it.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from statistics import NormalDist
from typing import Any

from faker import Faker

HERE = Path(__file__).parent
FAKER_SEED = 20260105
VARIANTS = 28
FOREIGN_SENTENCES = 160
USER_AGENTS = 240
CELLS = 1024
NORMAL = NormalDist()
HALF_HOUR_MS = 1_800_000
LANGUAGES = ("Python", "Java", "Go", "Rust", "SQL", "TypeScript")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def main() -> None:
    """Write the three generated files beside this one."""
    _write("sentences.toml", "Sentences by group, from topics.toml and Faker.", _sentence_groups())
    _write("user_agents.toml", "Names that browsers give themselves, from Faker.", [("user_agents", _user_agents())])
    _write("quantiles.toml", "Inverse distribution functions: see build.py for each source.", _quantile_tables())


def _write(name: str, what: str, entries: Iterable[tuple[str, list[Any]]]) -> None:
    lines = [f"# {what}", "# Written by `make vocab` on 2026-11-24; do not edit.", ""]
    for key, values in entries:
        inside = ", ".join(map(str, values)) if values and isinstance(values[0], int) else _texts(values)
        lines.append(f"{json.dumps(key)} = [{inside}]")
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _texts(values: list[str]) -> str:
    return "\n" + "".join(f"  {json.dumps(value, ensure_ascii=False)},\n" for value in values)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _sentence_groups() -> Iterable[tuple[str, list[Any]]]:
    faker = _faker("en_US")
    topics = _toml("topics.toml")
    for topic in topics["topic"]:
        for kind in ("ask", "answer"):
            yield f"{kind}/{topic['name']}", _filled(topic[kind], faker)
    for kind, templates in topics["general"].items():
        yield kind, _filled(templates, faker)
    for language in _toml("places.toml")["language"]:
        if language["code"] != "en":
            foreign = _faker(language["locale"])
            yield f"foreign/{language['code']}", _distinct(partial(foreign.sentence, nb_words=9))


def _filled(templates: list[str], faker: Faker) -> list[str]:
    sentences: dict[str, None] = {}
    for template in templates:
        for _ in range(VARIANTS if "{" in template.replace('{"', "") else 1):
            sentences[_fill(template, faker)] = None
    return list(sentences)


def _fill(template: str, faker: Faker) -> str:
    slots = {
        "name": faker.first_name(),
        "city": faker.city(),
        "city2": faker.city(),
        "company": faker.company(),
        "number": str(faker.random_int(2, 900)),
        "language": faker.random_element(LANGUAGES),
        "weekday": faker.random_element(WEEKDAYS),
    }
    for slot, value in slots.items():
        template = template.replace(f"{{{slot}}}", value)
    return template


def _distinct(draw: Callable[[], str]) -> list[str]:
    sentences: dict[str, None] = {}
    while len(sentences) < FOREIGN_SENTENCES:
        sentences[draw().strip()] = None
    return list(sentences)


def _user_agents() -> list[str]:
    faker = _faker("en_US")
    return sorted({faker.user_agent() for _ in range(USER_AGENTS)})


def _faker(locale: str) -> Faker:
    faker = Faker(locale)
    faker.seed_instance(FAKER_SEED)
    return faker


def _quantile_tables() -> Iterable[tuple[str, list[int]]]:
    day_ms, minute_ms, hour_ms = 86_400_000, 60_000, 3_600_000
    # WildChat (arXiv 2405.01470): 5.08 conversations per user, sigma 1.7; 2.54 exchanges, 41 % more than one.
    yield "conversations_per_user", _table(lambda u: 1 + math.floor(_log_normal(u, *_CONVERSATIONS)), 1, 1500)
    yield "exchanges_per_conversation", _table(_exchanges, 1, 36)
    # WildChat: means of 296 and 441 tokens, deviations of 1,609 and 411; of the tail nothing over 200,000 is kept.
    yield "user_tokens", _table(lambda u: round(_log_normal(u, 3.955, 1.87)), 1, 200_000)
    yield "assistant_tokens", _table(lambda u: round(_log_normal(u, 5.78, 0.79)), 1, 16_000)
    # BurstGPT v3: think times p10/50/90 = 17/124/2331 s.
    yield "think_ms", _table(lambda u: round(1000 * _mixture(u)), 200, 21 * day_ms)
    # A person's pause between two conversations: an assumption.
    yield "pause_ms", _table(lambda u: round(1000 * _log_normal(u, 6.4, 1.6)), 1000, 7 * day_ms)
    # Azure LLM traces 2023/24: the busiest hour has 3.6 times the arrivals of the quietest.
    yield "time_of_day_ms", _table(_time_of_day, 0, day_ms - 1)
    # Label lags are an assumption: automatic 2 min, judge 6 h, human median 40 h with a p95 of 12 days.
    yield "lag_auto_ms", _table(lambda u: round(2 * minute_ms * _log_normal(u, 0, 0.5)), 1000, day_ms)
    yield "lag_judge_ms", _table(lambda u: round(6 * hour_ms * _log_normal(u, 0, 0.4)), 1000, 10 * day_ms)
    yield "lag_human_ms", _table(lambda u: round(40 * hour_ms * _log_normal(u, 0, 1.2)), hour_ms, 60 * day_ms)
    # Late arrivals: minutes to three days.
    yield "late_ms", _table(lambda u: round(20 * minute_ms * _log_normal(u, 0, 1.9)), 5000, 3 * day_ms)


def _table(quantile: Callable[[float], int], lowest: int, highest: int) -> list[int]:
    """1,025 knots over (0, 1), then 1,025 over its last cell, where heavy tails live."""
    body = [quantile((cell + 0.5) / CELLS if cell == 0 else cell / CELLS) for cell in range(CELLS)]
    start = (CELLS - 1) / CELLS
    tail = [quantile(start + cell / CELLS / CELLS) for cell in range(CELLS)]
    return [min(max(value, lowest), highest) for value in (*body, tail[-1], *tail, highest)]


def _log_normal(u: float, mu: float, sigma: float) -> float:
    return math.exp(mu + sigma * NORMAL.inv_cdf(u)) if u > 0 else 0.0


_CONVERSATIONS = (0.063, 1.7)
# Thickened from LogNormal(.215, 1.38): 3.7 % of conversations have more than ten exchanges.


def _exchanges(u: float) -> int:
    return 1 if u < 0.59 else 1 + math.ceil(_log_normal((u - 0.59) / 0.41, 0.0, 1.64))


def _mixture(u: float) -> float:
    """.8 LogNormal(4.45, 1.38) + .2 LogNormal(7.4, 2.4), solved by bisection on the logarithm.

    A little under the mixture that fits the traces, because the log's exact half hours come on top.
    """
    low, high = -20.0, 30.0
    fast, slow = NormalDist(4.45, 1.38), NormalDist(7.4, 2.4)
    for _ in range(80):
        middle = (low + high) / 2
        if 0.8 * fast.cdf(middle) + 0.2 * slow.cdf(middle) < u:
            low = middle
        else:
            high = middle
    return math.exp(low)


def _time_of_day(u: float) -> int:
    """A cosine over the day with its peak at 15:00 UTC, by bisection on its integral, and bursts within half hours.

    The peak is 3.85 times the trough, so that it is 3.6 times where conversations that follow others blur it.
    """
    depth = 2.85 / 4.85
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        angle = 2 * math.pi * (middle - 15 / 24)
        area = middle + depth * (math.sin(angle) + math.sin(2 * math.pi * 15 / 24)) / (2 * math.pi)
        if area < u:
            low = middle
        else:
            high = middle
    return _burst(round(low * 86_400_000))


def _burst(clock_ms: int) -> int:
    """A part of the people come as meetings end: 42 of 100 arrivals in the first fifth of each half hour."""
    cell, place = divmod(clock_ms, HALF_HOUR_MS)
    share = place / HALF_HOUR_MS
    warped = share / 0.42 * 0.2 if share < 0.42 else 0.2 + (share - 0.42) / 0.58 * 0.8
    return cell * HALF_HOUR_MS + round(warped * HALF_HOUR_MS)


if __name__ == "__main__":
    main()
