"""`laglead data --conversation`: a conversation of the real small log, to be read."""

from __future__ import annotations

import json

import duckdb
import pytest

from checker.dataset import NATIVE
from laglead.__main__ import run
from laglead.terminal import WIDTH, cells
from laglead.workspace import Workspace


@pytest.fixture
def inside(learner: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(learner.root)
    return learner


def ask(here: Workspace, sql: str) -> list[str]:
    with duckdb.connect(str(here.data / NATIVE), read_only=True) as connection:
        return [name for (name,) in connection.execute(sql).fetchall()]


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["data", "--conversation", *arguments]) == 0
    return capsys.readouterr().out


BRANCHED = """
    SELECT conversation_id FROM message_events
    WHERE conversation_id IS NOT NULL AND parent_message_id IS NOT NULL
    GROUP BY conversation_id, parent_message_id HAVING count(DISTINCT message_id) > 1
    ORDER BY conversation_id LIMIT 3
"""
WITH_TOOLS = """
    SELECT conversation_id FROM message_events
    WHERE conversation_id IS NOT NULL AND list_contains([block.type FOR block IN content], 'tool_use')
    ORDER BY conversation_id LIMIT 1
"""


def test_every_turn_is_there_with_its_role_risk_and_text(inside: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT conversation_id FROM turns WHERE conversation_id IS NOT NULL GROUP BY 1 HAVING count(*) = 6 LIMIT 1"
    (name,) = ask(inside, sql)
    told = json.loads(shown(capsys, name, "--format", "json"))
    turns = ask(inside, f"SELECT message_id FROM turns WHERE conversation_id = '{name}' ORDER BY turn_index")
    assert [turn["message_id"] for turn in told["turns"]] == turns
    text = shown(capsys, name)
    assert text.startswith(f"conversation {name}\n")
    for turn in told["turns"]:
        assert f"{turn['turn_index']:>4}  {turn['role']}" in text
        assert f"risk {turn['risk']}" in text or turn["risk"] is None
        assert (turn["text"] or "").split(" ")[0][:20] in text


def test_what_was_edited_or_answered_again_stands_beside_the_path(
    inside: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ask(inside, BRANCHED):
        told = json.loads(shown(capsys, name, "--format", "json"))
        ids = set(ask(inside, f"SELECT DISTINCT message_id FROM message_events WHERE conversation_id = '{name}'"))
        turns, branches = ([m["message_id"] for m in told[key]] for key in ("turns", "branches"))
        assert set(turns) | set(branches) == ids
        assert len(turns) + len(branches) == len(ids)
        assert shown(capsys, name, "--full").count("not on the path") == len(branches) > 0


def test_tools_are_named_with_what_they_were_asked(inside: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (name,) = ask(inside, WITH_TOOLS)
    told = json.loads(shown(capsys, name, "--format", "json"))
    calls = [call for message in (*told["turns"], *told["branches"]) for call in message["calls"]]
    text = shown(capsys, name, "--full")
    assert calls
    assert all(f"calls {call['name'] or 'a tool without a name'}" in text for call in calls)


def test_no_line_is_too_long_and_a_long_one_is_folded(inside: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    sql = (
        "SELECT conversation_id FROM turns WHERE conversation_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )
    (longest,) = ask(inside, sql)
    for name in (longest, *ask(inside, BRANCHED)):
        folded, full = shown(capsys, name), shown(capsys, name, "--full")
        assert max(map(cells, folded.splitlines())) <= WIDTH
        assert max(map(cells, full.splitlines())) <= WIDTH
        assert "--full" not in full
    assert "--full" in shown(capsys, longest)


def test_the_beginning_of_an_id_is_enough_where_it_is_the_only_one(
    inside: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    (name,) = ask(inside, "SELECT conversation_id FROM turns WHERE conversation_id IS NOT NULL LIMIT 1")
    assert shown(capsys, name[:12]).startswith(f"conversation {name}\n")


@pytest.mark.parametrize("wanted", ["nothing like it", "'; DROP TABLE turns; --", "%"])
def test_an_unknown_id_names_near_ones(wanted: str, inside: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["data", "--conversation", wanted]) == 2
    assert "Near: " in capsys.readouterr().err


def test_a_misspelt_id_names_the_right_one_first(inside: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (name,) = ask(inside, "SELECT max(conversation_id) FROM turns")
    assert run(["data", "--conversation", f"{name[:-1]}z"]) == 2
    assert f"Near: {name}" in capsys.readouterr().err


def test_a_table_and_a_conversation_are_one_too_many(inside: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["data", "turns", "--conversation", "x"]) == 2
    assert "Leave out 'turns'" in capsys.readouterr().err
