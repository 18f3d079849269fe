"""A plan is checked when it is made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.errors import PlanError
from generator.mess import kinds
from generator.plan import PROFILES, Plan


def test_a_profile_brings_its_number_of_users() -> None:
    assert Plan().users == 6_000
    assert {Plan(profile=name).users for name in PROFILES} == {profile.users for profile in PROFILES.values()}
    assert Plan(profile="small", users=12).users == 12


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"users": 0}, r"users cannot be 0: give a whole number from 1"),
        ({"users": -1}, "users cannot be -1"),
        ({"users": 2.5}, r"users cannot be 2\.5"),
        ({"weeks": 0}, "weeks cannot be 0"),
        ({"seed": -1}, "seed cannot be -1"),
        ({"seed": True}, "seed cannot be True"),
        ({"profile": "practise"}, "did you mean 'practice'"),
        ({"mess": {"redelivery": -0.1}}, r"rate of redelivery cannot be -0\.1: give a rate between 0 and 1"),
        ({"mess": {"redelivery": 1.01}}, r"rate of redelivery cannot be 1\.01"),
        ({"mess": {"redelivery": float("nan")}}, "rate of redelivery cannot be nan"),
        ({"mess": {"redelivrey": 0.1}}, "did you mean 'redelivery'"),
        ({"starts_at": datetime(2026, 1, 5)}, "give it a time zone"),
    ],
)
def test_a_plan_out_of_range_says_which_value_and_what_to_do(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(PlanError, match=message):
        Plan(**wrong)  # type: ignore[arg-type]


def test_a_given_rate_wins_over_the_profile() -> None:
    assert Plan(profile="clean").rate("redelivery") == 0
    assert Plan(profile="clean", mess={"redelivery": 0.5}).rate("redelivery") == 0.5
    assert Plan(profile="hostile").rate("redelivery") == pytest.approx(0.045)
    assert Plan(profile="hostile").rate("untimed_user_rows") == 1.0


def test_a_described_plan_tells_the_rate_of_every_kind() -> None:
    described = Plan(profile="small", mess={"retry": 0.25}).described()
    assert described["mess"]["retry"] == 0.25
    assert set(described["mess"]) == set(kinds())
    assert described["start"] == "2026-01-05T00:00:00+00:00"


def test_the_window_is_counted_in_microseconds() -> None:
    window = Plan(weeks=2, starts_at=datetime(2026, 3, 2, tzinfo=UTC)).window()
    assert window.end - window.start == 14 * 86_400 * 1_000_000
    assert window.extracted > window.end
