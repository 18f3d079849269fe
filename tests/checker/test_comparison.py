"""Every line of "Comparison semantics" in the design: what is an error, a warning, and accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from checker.exercise import Exercise, OutputColumn
from checker.verdict import Broken, Differs, Nondeterministic, Passed, Verdict

Compared = Callable[..., Verdict]


def _passes(verdict: Verdict) -> Passed:
    assert isinstance(verdict, Passed), verdict
    return verdict


def _differs(verdict: Verdict, kind: str) -> Differs:
    assert isinstance(verdict, Differs), verdict
    assert verdict.kind == kind, verdict
    return verdict


# -- error ------------------------------------------------------------------------------------


def test_a_binder_error_is_an_error(compared: Compared) -> None:
    verdict = compared("SELECT nope AS n FROM turns", "SELECT 1 AS n", n="INTEGER")
    assert isinstance(verdict, Broken)


def test_a_runtime_error_is_an_error(compared: Compared) -> None:
    verdict = compared("SELECT CAST(user_id AS INTEGER) AS n FROM turns", "SELECT 1 AS n", n="INTEGER")
    assert isinstance(verdict, Broken)


def test_a_missing_column_differs(compared: Compared) -> None:
    _differs(compared("SELECT 1 AS a", "SELECT 1 AS a, 2 AS b", a="INTEGER", b="INTEGER"), "columns")


def test_a_surplus_column_differs(compared: Compared) -> None:
    _differs(compared("SELECT 1 AS a, 2 AS b", "SELECT 1 AS a", a="INTEGER"), "columns")


def test_one_column_is_not_called_columns(compared: Compared) -> None:
    verdict = compared("SELECT 1 AS n", "SELECT 1 AS n, 2 AS m", n="INTEGER", m="INTEGER")
    assert isinstance(verdict, Differs)
    assert verdict.message.startswith("The answer has 1 column (n); expected are n, m.")


def test_another_column_name_differs_when_the_exercise_fixes_names(compared: Compared) -> None:
    _differs(compared("SELECT 1 AS b", "SELECT 1 AS a", a="INTEGER"), "columns")


def test_a_doubled_column_name_differs(compared: Compared) -> None:
    _differs(compared("SELECT 1 AS a, 1 AS a", "SELECT 1 AS a, 1 AS b", a="INTEGER", b="INTEGER"), "columns")


def test_text_for_a_number_is_a_type_mismatch(compared: Compared) -> None:
    _differs(compared("SELECT '1' AS a", "SELECT 1 AS a", a="INTEGER"), "types")


def test_a_number_for_a_truth_value_is_a_type_mismatch(compared: Compared) -> None:
    _differs(compared("SELECT 1 AS a", "SELECT true AS a", a="BOOLEAN"), "types")


def test_multiplicities_count(compared: Compared) -> None:
    found = _differs(
        compared("SELECT DISTINCT user_id FROM turns", "SELECT user_id FROM turns", user_id="VARCHAR"), "missing rows"
    )
    assert found.counterexample is not None


def test_where_no_rows_can_be_paired_the_columns_are_named(compared: Compared) -> None:
    found = compared(
        "SELECT 1 AS a, 2 AS b, 3 AS c", "SELECT 1 AS a, 7 AS b, 8 AS c", a="INTEGER", b="INTEGER", c="INTEGER"
    )
    assert isinstance(found, Differs)
    assert found.message == "The number of rows is right, but 1 of 1 differs: look at b and c."


def test_null_equals_null(compared: Compared) -> None:
    _passes(compared("SELECT NULL::INTEGER AS a", "SELECT NULL::INTEGER AS a", a="INTEGER"))


def test_an_untyped_null_equals_null(compared: Compared) -> None:
    _passes(compared("SELECT NULL AS a", "SELECT NULL::VARCHAR AS a", a="VARCHAR"))


def test_nan_equals_nan(compared: Compared) -> None:
    _passes(compared("SELECT -'nan'::DOUBLE AS a", "SELECT 'nan'::DOUBLE AS a", a="DOUBLE"))


def test_null_is_not_zero(compared: Compared) -> None:
    _differs(compared("SELECT NULL::INTEGER AS a", "SELECT 0 AS a", a="INTEGER"), "values")


def test_null_is_not_the_empty_text(compared: Compared) -> None:
    _differs(
        compared("SELECT coalesce(plan, '') AS plan FROM users", "SELECT plan FROM users", plan="VARCHAR"), "values"
    )


def test_order_matters_where_the_exercise_declares_sort_keys(compared: Compared) -> None:
    sql = "SELECT DISTINCT turn_index AS i FROM turns"
    found = compared(f"{sql} ORDER BY i DESC", f"{sql} ORDER BY i", order=("i",), i="INTEGER")
    assert _differs(found, "order").counterexample is not None


def test_order_is_free_where_no_sort_key_is_declared(compared: Compared) -> None:
    sql = "SELECT DISTINCT turn_index AS i FROM turns"
    _passes(compared(f"{sql} ORDER BY i DESC", f"{sql} ORDER BY i", i="INTEGER"))


def test_ties_among_the_sort_keys_are_free(compared: Compared) -> None:
    sql = "SELECT turn_index AS i, seconds AS s FROM turns"
    answer, reference = f"{sql} ORDER BY i, s DESC", f"{sql} ORDER BY i, s"
    _passes(compared(answer, reference, order=("i",), i="INTEGER", s="DOUBLE"))


def test_a_descending_sort_key_is_held(compared: Compared) -> None:
    sql = "SELECT DISTINCT turn_index AS i FROM turns ORDER BY i"
    _passes(compared(f"{sql} DESC", f"{sql} DESC", order=("i desc",), i="INTEGER"))
    _differs(compared(sql, f"{sql} DESC", order=("i desc",), i="INTEGER"), "order")


def test_an_answer_that_disagrees_with_itself_is_nondeterministic(compared: Compared) -> None:
    answer = "SELECT turn_index AS i FROM turns LIMIT 1"
    reference = "SELECT min(turn_index) AS i FROM turns HAVING count(*) > 0"
    found = compared(answer, reference, i="INTEGER")
    assert isinstance(found, Nondeterministic)
    assert found.message.startswith("LIMIT has no ORDER BY: ")
    assert found.counterexample is not None


# -- warning ----------------------------------------------------------------------------------


def test_timestamp_for_timestamptz_of_the_same_instant_is_a_warning(compared: Compared) -> None:
    found = compared(
        "SELECT TIMESTAMP '2026-01-02 03:04:05' AS t",
        "SELECT TIMESTAMPTZ '2026-01-02 03:04:05+00' AS t",
        t="TIMESTAMPTZ",
    )
    assert "TIMESTAMP" in _passes(found).warnings[0]


def test_timestamp_for_timestamptz_of_another_instant_differs(compared: Compared) -> None:
    found = compared(
        "SELECT TIMESTAMP '2026-01-02 03:04:05' AS t",
        "SELECT TIMESTAMPTZ '2026-01-02 03:04:05+01' AS t",
        t="TIMESTAMPTZ",
    )
    _differs(found, "values")


def test_a_surplus_order_by_is_a_warning(compared: Compared) -> None:
    found = compared("SELECT user_id FROM users ORDER BY 1", "SELECT user_id FROM users", user_id="VARCHAR")
    assert "surplus" in _passes(found).warnings[0]


def test_an_order_that_came_out_by_luck_is_a_warning(compared: Compared) -> None:
    answer = "SELECT * FROM (SELECT DISTINCT turn_index AS i FROM turns ORDER BY i)"
    found = compared(answer, f"{answer} ORDER BY i", order=("i",), i="INTEGER")
    assert "luck" in _passes(found).warnings[0]


def test_columns_of_other_names_are_taken_by_position_where_names_are_free(
    make_exercise: Callable[..., Exercise], verdict_of: Compared
) -> None:
    exercise = replace(make_exercise("SELECT 1 AS a, 'x' AS b", {"a": "INTEGER", "b": "VARCHAR"}), names_fixed=False)
    assert "by position" in _passes(verdict_of(exercise, "SELECT 1 AS n, 'x' AS t")).warnings[0]
    assert _passes(verdict_of(exercise, "SELECT 'x' AS b, 1 AS a")).warnings == ()
    _differs(verdict_of(exercise, "SELECT 1 AS n"), "columns")


# -- accepted ---------------------------------------------------------------------------------


def test_columns_in_another_order_are_accepted(compared: Compared) -> None:
    _passes(compared("SELECT 'x' AS b, 1 AS a", "SELECT 1 AS a, 'x' AS b", a="INTEGER", b="VARCHAR"))


def test_column_names_ignore_case(compared: Compared) -> None:
    _passes(compared("SELECT 1 AS Total", "SELECT 1 AS total", total="INTEGER"))


@pytest.mark.parametrize("kind", ["BIGINT", "HUGEINT", "DECIMAL(9,2)", "DOUBLE", "UTINYINT"])
def test_numbers_of_equal_value_are_accepted(compared: Compared, kind: str) -> None:
    _passes(compared(f"SELECT 7::{kind} AS n", "SELECT 7::INTEGER AS n", n="INTEGER"))


@pytest.mark.parametrize("value", ["7.5::DOUBLE", "7.4::DECIMAL(9,1)", "8::HUGEINT", "3000000000", "'inf'::DOUBLE"])
def test_a_value_that_does_not_survive_the_cast_is_a_difference(compared: Compared, value: str) -> None:
    _differs(compared(f"SELECT {value} AS n", "SELECT 7::INTEGER AS n", n="INTEGER"), "values")


def test_enum_and_varchar_of_the_same_text_are_equal(compared: Compared) -> None:
    _passes(compared("SELECT 'a'::ENUM('a', 'b') AS v", "SELECT 'a' AS v", v="VARCHAR"))


def test_floats_within_the_relative_tolerance_are_equal(compared: Compared) -> None:
    answer = "SELECT conversation_id, sum(seconds) * (1 + 5e-10) AS s FROM turns GROUP BY 1"
    reference = "SELECT conversation_id, sum(seconds) AS s FROM turns GROUP BY 1"
    _passes(compared(answer, reference, conversation_id="VARCHAR", s="DOUBLE"))


def test_floats_beyond_the_relative_tolerance_differ(compared: Compared) -> None:
    answer = "SELECT conversation_id, sum(seconds) * (1 + 5e-9) AS s FROM turns GROUP BY 1"
    reference = "SELECT conversation_id, sum(seconds) AS s FROM turns GROUP BY 1"
    _differs(compared(answer, reference, conversation_id="VARCHAR", s="DOUBLE"), "values")


def test_floats_within_the_absolute_tolerance_are_equal(compared: Compared) -> None:
    _passes(compared("SELECT 5e-13 AS n", "SELECT 0.0::DOUBLE AS n", n="DOUBLE"))


def test_thousands_of_wide_rows_with_float_noise_are_equal(compared: Compared) -> None:
    wide = "SELECT repeat('x', 300) AS t, seconds * {} + turn_index AS s FROM turns"
    _passes(compared(wide.format("(1 + 8e-10)"), wide.format("1"), t="VARCHAR", s="DOUBLE"))


def test_one_value_beyond_the_tolerance_among_thousands_with_noise_is_found(compared: Compared) -> None:
    wide = "SELECT repeat('x', 300) AS t, seconds * {} AS s FROM turns"
    factor = "CASE WHEN user_id = 'u77' THEN 1 + 3e-9 ELSE 1 + 8e-10 END"
    _differs(compared(wide.format(factor), wide.format("1"), t="VARCHAR", s="DOUBLE"), "values")


def test_a_float_next_to_a_decimal_is_that_decimal(compared: Compared) -> None:
    _passes(compared("SELECT 0.1::DOUBLE + 0.2::DOUBLE AS n", "SELECT 0.3 AS n", n="DECIMAL(9,2)"))


def test_minus_zero_equals_zero(compared: Compared) -> None:
    _passes(compared("SELECT -0.0::DOUBLE AS n", "SELECT 0.0::DOUBLE AS n", n="DOUBLE"))


def test_maps_with_entries_in_another_order_are_equal(compared: Compared) -> None:
    answer, reference = "SELECT MAP {'b': 2, 'a': 1} AS m", "SELECT MAP {'a': 1, 'b': 2} AS m"
    _passes(compared(answer, reference, m="MAP(VARCHAR, INTEGER)"))


def test_json_with_keys_in_another_order_is_equal(compared: Compared) -> None:
    answer, reference = """SELECT '{"b": 2, "a": [1]}'::JSON AS j""", """SELECT '{"a":[1],"b":2}'::JSON AS j"""
    _passes(compared(answer, reference, j="JSON"))


def test_json_with_another_value_differs(compared: Compared) -> None:
    _differs(compared("""SELECT '{"a": 2}'::JSON AS j""", """SELECT '{"a": 1}'::JSON AS j""", j="JSON"), "values")


def test_lists_are_ordered(compared: Compared) -> None:
    _differs(compared("SELECT [2, 1] AS l", "SELECT [1, 2] AS l", l="INTEGER[]"), "values")


def test_lists_of_another_number_type_are_equal(compared: Compared) -> None:
    _passes(compared("SELECT [1::BIGINT, NULL] AS l", "SELECT [1, NULL] AS l", l="INTEGER[]"))


def test_lists_that_are_declared_unordered_may_have_any_order(
    make_exercise: Callable[..., Exercise], verdict_of: Compared
) -> None:
    exercise = make_exercise("SELECT [1, 2, 2] AS l", {"l": "INTEGER[]"})
    free = replace(exercise, output=(OutputColumn("l", "INTEGER[]", "", unordered=True),))
    _passes(verdict_of(free, "SELECT [2, 1, 2] AS l"))
    _differs(verdict_of(free, "SELECT [1, 1, 2] AS l"), "values")


def test_an_empty_list_is_not_null(compared: Compared) -> None:
    _differs(compared("SELECT NULL::INTEGER[] AS l", "SELECT []::INTEGER[] AS l", l="INTEGER[]"), "values")


def test_floats_inside_lists_have_the_tolerance_too(compared: Compared) -> None:
    _passes(compared("SELECT [1.0 + 1e-10]::DOUBLE[] AS l", "SELECT [1.0]::DOUBLE[] AS l", l="DOUBLE[]"))


def test_structs_match_by_field_name(compared: Compared) -> None:
    answer, reference = "SELECT {'b': 'x', 'a': 1} AS s", "SELECT {'a': 1, 'b': 'x'} AS s"
    _passes(compared(answer, reference, s="STRUCT(a INTEGER, b VARCHAR)"))


def test_a_struct_with_another_field_is_a_type_mismatch(compared: Compared) -> None:
    _differs(compared("SELECT {'c': 1} AS s", "SELECT {'a': 1} AS s", s="STRUCT(a INTEGER)"), "types")


def test_one_month_equals_thirty_days(compared: Compared) -> None:
    _passes(compared("SELECT INTERVAL 30 DAY AS i", "SELECT INTERVAL 1 MONTH AS i", i="INTERVAL"))


def test_thirty_one_days_are_not_one_month(compared: Compared) -> None:
    _differs(compared("SELECT INTERVAL 31 DAY AS i", "SELECT INTERVAL 1 MONTH AS i", i="INTERVAL"), "values")


def test_a_date_for_a_timestamp_is_a_type_mismatch(compared: Compared) -> None:
    _differs(compared("SELECT DATE '2026-01-01' AS t", "SELECT TIMESTAMP '2026-01-01' AS t", t="TIMESTAMP"), "types")
