"""What is asked in an interview can be judged: follow-ups hold on the small databases, and are not the question."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import ROOT

from checker.check import check
from checker.dataset import Dataset
from checker.exercise import discover
from checker.interview_sheet import Place, Sheet, load
from checker.limits import Limits
from checker.verdict import Differs, Passed

EVERY = discover(ROOT)
SHEETS = tuple(sheet for exercise in EVERY if (sheet := load(exercise, EVERY)) is not None)
FLAGSHIPS = [pytest.param(sheet, id=sheet.exercise.id) for sheet in SHEETS if sheet.place is Place.FLAGSHIP]
WAITS = Limits(soft_seconds=60, hard_seconds=70)


def test_there_are_questions_of_several_tracks_in_both_places() -> None:
    for place in Place:
        assert len({sheet.exercise.track for sheet in SHEETS if sheet.place is place}) >= 3


@pytest.mark.parametrize("sheet", FLAGSHIPS)
def test_a_follow_up_is_answered_by_its_reference_and_not_by_the_question(
    sheet: Sheet, worlds_alone: Dataset, cache: Path
) -> None:
    assert sheet.twist is not None
    follow_up = sheet.twist.exercise
    right = check(follow_up, follow_up.reference, worlds_alone, cache=cache, limits=WAITS, lint=False).verdict
    assert isinstance(right, Passed), right
    same = check(follow_up, sheet.exercise.reference, worlds_alone, cache=cache, limits=WAITS, lint=False).verdict
    assert isinstance(same, Differs), same


@pytest.mark.parametrize("sheet", FLAGSHIPS)
def test_a_vague_prompt_leaves_out_most_of_what_was_decided(sheet: Sheet) -> None:
    assert len(sheet.prompt) < len(sheet.exercise.prompt) / 2
    assert len(sheet.exercise.decisions) >= 4
