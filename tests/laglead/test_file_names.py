"""Which exercise a file answers, by the names that people give their files."""

from __future__ import annotations

import pytest

from laglead import curriculum
from laglead.grading.file_names import exercise_of, is_sql


@pytest.mark.parametrize(
    "name",
    ["think_time.sql", "Think_Time.SQL", "think-time.sql", "think time.sql", "7.sql", "07_think_time.sql",
     "10_think_time.sql", "2.7 think-time.sql", "ex3_think_time.sql"],
)  # fmt: skip
def test_a_file_is_known_by_id_number_or_number_and_name(name: str) -> None:
    found = exercise_of(name, curriculum.exercises())
    if name.startswith("ex3"):
        assert found is None
    else:
        assert found is not None
        assert found.id == "think_time"


@pytest.mark.parametrize("name", ["", ".sql", "7", "think", "think_time_old.sql", "think_time.sql.txt", "1234567.sql"])
def test_other_names_are_nobodys_answer(name: str) -> None:
    assert not is_sql(name) or exercise_of(name, curriculum.exercises()) is None
