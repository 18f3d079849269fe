WITH plans AS (
    SELECT experiment_id, list({'arm': arm, 'share': planned_share} ORDER BY arm) AS arms
    FROM experiments
    GROUP BY experiment_id
    HAVING count(*) = 2
),
units AS (
    SELECT experiment_id, unit_id, list_distinct(list(arm)) AS seen
    FROM exposures
    WHERE is_shadow = false
    GROUP BY ALL
),
counted AS (
    SELECT
        p.experiment_id,
        any_value(p.arms) AS arms,
        count(*) FILTER (WHERE u.seen = [p.arms[1].arm]) AS first_n,
        count(*) FILTER (WHERE u.seen = [p.arms[2].arm]) AS second_n,
        count(*) FILTER (WHERE len(u.seen) = 2) AS n_crossed
    FROM plans AS p
    LEFT JOIN units AS u ON u.experiment_id = p.experiment_id
    GROUP BY p.experiment_id
),
expected AS (
    SELECT *, first_n + second_n AS n_units,
        nullif(first_n + second_n, 0) * arms[1].share AS first_expected,
        nullif(first_n + second_n, 0) * arms[2].share AS second_expected
    FROM counted
)
SELECT
    experiment_id,
    n_units::INTEGER AS n_units,
    n_crossed::INTEGER AS n_crossed,
    (first_n - first_expected) ** 2 / first_expected + (second_n - second_expected) ** 2 / second_expected AS chi_square,
    (first_n - first_expected) ** 2 / first_expected
        + (second_n - second_expected) ** 2 / second_expected > 10.83 AS is_mismatch
FROM expected
