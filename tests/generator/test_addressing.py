"""Every value is a function of the plan and its place: no cut, no neighbour and no library decides it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import generator
from generator import pipeline
from generator.background import background
from generator.fleet import fleet
from generator.plan import Plan
from generator.shard import Layout, block_tables

SOURCE = Path(generator.__file__).parent
BUILT = SOURCE / "vocab"
# Functions whose last bit depends on the processor or on the library, and hashes that change between versions.
FORBIDDEN = {
    "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "sinh", "cosh", "tanh", "power",
    "float_power", "cbrt", "hypot", "random", "default_rng", "RandomState", "hash", "hash64", "uuid4", "urandom",
}  # fmt: skip
TIES = {"argsort", "argpartition"}


def test_a_small_log_is_the_beginning_of_a_large_one(tmp_path: Path, no_worlds: None) -> None:
    layout = Layout(block_users=100, file_users=200)
    pipeline.generate(Plan(profile="small", users=200), tmp_path / "small", layout=layout)
    pipeline.generate(Plan(profile="small", users=500), tmp_path / "large", layout=layout)
    files = sorted(path.relative_to(tmp_path / "small") for path in (tmp_path / "small").rglob("*.parquet"))
    assert files
    for file in files:
        assert (tmp_path / "small" / file).read_bytes() == (tmp_path / "large" / file).read_bytes(), file


def test_a_log_of_any_size_holds_the_same_first_users() -> None:
    few, many = (tables_of(Plan(profile="small", users=users), users) for users in (130, 200))
    for name, rows in few.items():
        assert rows <= many[name], name


def test_any_cut_into_blocks_gives_the_same_rows() -> None:
    # People behind one address are of one hundred, so a cut at a hundred is the finest.
    plan = Plan(profile="hostile", users=200)
    whole, cut = tables_of(plan, 200), tables_of(plan, 100)
    for name, rows in whole.items():
        assert rows == cut[name], name


def tables_of(plan: Plan, chunk: int) -> dict[str, frozenset[str]]:
    """The rows of every table, made so many users at a time, in no order."""
    found: dict[str, set[str]] = {}
    for first in range(0, plan.users, chunk):
        count = min(chunk, plan.users - first)
        for name, rows in block_tables(plan, fleet(plan.window()), first, count).items():
            found.setdefault(name, set()).update(map(repr, rows.to_pylist()))
    return {name: frozenset(rows) for name, rows in found.items()}


def test_the_tables_that_a_log_has_once_do_not_know_its_users() -> None:
    few, many = Plan(profile="small", users=10), Plan(profile="large")
    for name, rows in background(fleet(few.window()), few.window(), few.seed).items():
        assert rows.equals(background(fleet(many.window()), many.window(), many.seed)[name])


def test_no_module_draws_with_what_differs_between_machines() -> None:
    used = [
        f"{path.relative_to(SOURCE)}:{line} {name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for name, line, _ in _calls(path)
        # What runs when the vocabulary is built is committed.
        if name in FORBIDDEN and BUILT not in path.parents
    ]
    assert used == []


def test_every_sort_of_indices_is_stable() -> None:
    shaky = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in sorted(SOURCE.rglob("*.py"))
        for name, line, keywords in _calls(path)
        if name in TIES and "kind" not in keywords
    ]
    assert shaky == []


def _calls(path: Path) -> Iterator[tuple[str, int, set[str]]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            yield name, node.lineno, {keyword.arg or "" for keyword in node.keywords}
