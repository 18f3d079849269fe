"""Every exercise folder is whole, and says the same thing in each of its files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlglot
from folders import FOLDERS, ROOT, TRACKS, answers, named, table_rows
from sqlglot import exp

from checker.exercise import discover, load

FEWEST_RIGHT = 2
FEWEST_WRONG = 4
MISTAKE = "-- mistake: "
LEAKED_TOKENS = 14
PARTS = {"why": r"why", "traps": r"trap", "other ways": r"other way|alternative|approach", "portable form": r"portable"}

every_folder = pytest.mark.parametrize("folder", named(FOLDERS, 1))


def test_there_are_exercises_and_none_shares_a_name_with_another() -> None:
    assert len(discover(ROOT)) == len(FOLDERS) > 0


@every_folder
def test_the_folder_holds_enough_answers_of_both_kinds(folder: Path) -> None:
    exercise = load(folder)
    assert len(exercise.right) >= FEWEST_RIGHT
    assert len(exercise.wrong) >= FEWEST_WRONG


@every_folder
def test_every_file_of_the_folder_has_a_place_in_it(folder: Path) -> None:
    exercise = load(folder)
    asked = {"interview.md", "twist/reference.sql", "twist/waived.toml"}
    known = {"exercise.md", "reference.sql", "starter.sql", "explain.md", "waived.toml", *exercise.accepts, *asked}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    strangers = {name for name in files - known if not re.fullmatch(r"(right|wrong)/[a-z0-9_]+\.sql", name)}
    assert not strangers


@pytest.mark.parametrize("answer", named(answers("wrong"), 3))
def test_a_wrong_answer_begins_with_its_mistake_in_words(answer: Path) -> None:
    first = answer.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(MISTAKE)
    assert len(first.removeprefix(MISTAKE).split()) >= 4


@every_folder
def test_no_two_wrong_answers_name_the_same_mistake(folder: Path) -> None:
    mistakes = [path.read_text(encoding="utf-8").splitlines()[0] for path in load(folder).wrong]
    assert len(mistakes) == len(set(mistakes))


@every_folder
def test_the_prompt_prints_the_contract_that_the_front_matter_declares(folder: Path) -> None:
    exercise = load(folder)
    printed = re.search(r"^\| *column *\|.*\n(?:\|.*\n)+", exercise.prompt + "\n", re.MULTILINE)
    assert printed, "the prompt has no table that begins with | column | type | ..."
    rows = table_rows(printed[0])[1:]
    assert [(row[0].strip("`"), row[1].strip("`")) for row in rows] == [(c.name, c.type) for c in exercise.output]


@every_folder
def test_the_explanation_has_all_its_parts(folder: Path) -> None:
    headings = re.findall(r"^#+ (.*)$", load(folder).explanation.read_text(encoding="utf-8"), re.MULTILINE)
    missing = [part for part, shape in PARTS.items() if not any(re.search(shape, h, re.IGNORECASE) for h in headings)]
    assert not missing


@every_folder
def test_every_step_of_the_reference_says_what_it_is_for(folder: Path) -> None:
    sql = load(folder).reference.read_text(encoding="utf-8")
    lines = sql.splitlines()
    silent = []
    for step in sqlglot.parse_one(sql, read="duckdb").find_all(exp.CTE):
        line = step.args["alias"].this.meta["line"] - 1
        around = lines[max(0, line - 1) : line + 2]
        if not any("--" in text for text in around):
            silent.append(step.alias)
    assert not silent


@every_folder
def test_the_reference_is_one_statement(folder: Path) -> None:
    assert len(sqlglot.parse(load(folder).reference.read_text(encoding="utf-8"), read="duckdb")) == 1


@every_folder
def test_no_hint_gives_the_reference_away(folder: Path) -> None:
    exercise = load(folder)
    reference = _words(re.sub(r"--.*", "", exercise.reference.read_text(encoding="utf-8")))
    runs = {tuple(reference[n : n + LEAKED_TOKENS]) for n in range(len(reference) - LEAKED_TOKENS + 1)}
    for hint in exercise.hints:
        words = _words(hint)
        leaked = [
            words[n : n + LEAKED_TOKENS] for n in range(len(words)) if tuple(words[n : n + LEAKED_TOKENS]) in runs
        ]
        assert not leaked, f"the hint repeats the reference: {' '.join(leaked[0])}"


@pytest.mark.parametrize("track", named(TRACKS, 1))
def test_a_track_has_a_page_that_teaches_it(track: Path) -> None:
    assert (track / "topic.md").read_text(encoding="utf-8").startswith("# ")


def _words(sql: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", sql.lower())
