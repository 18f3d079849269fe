WITH
-- Each unit once for each arm that it really saw.
seen AS (
    SELECT DISTINCT experiment_id, unit_id, arm
    FROM exposures
    WHERE NOT is_shadow
),

-- The same with the number of arms that the unit saw: feeds both the units that count and those that crossed.
units AS (
    SELECT *, count(*) OVER (PARTITION BY experiment_id, unit_id) AS n_arms
    FROM seen
),

-- One row per planned arm with the units that count there; an arm that nobody saw has 0.
arms AS (
    SELECT
        experiment_id,
        planned_share,
        (
            SELECT count(*)
            FROM units
            WHERE units.experiment_id = experiments.experiment_id AND units.arm = experiments.arm AND units.n_arms = 1
        ) AS observed
    FROM experiments
),

-- How many units were expected follows from how many there are in all arms together.
planned AS (
    SELECT *, planned_share * sum(observed) OVER (PARTITION BY experiment_id) AS expected
    FROM arms
),

-- The test statistic of experiments with two arms; no units, no statistic.
tested AS (
    SELECT
        experiment_id,
        sum(observed)::INTEGER AS n_units,
        sum(pow(observed - expected, 2) / nullif(expected, 0)) AS chi_square
    FROM planned
    GROUP BY experiment_id
    HAVING count(*) = 2
)

SELECT
    experiment_id,
    n_units,
    (
        SELECT count(DISTINCT unit_id)
        FROM units
        WHERE units.experiment_id = tested.experiment_id AND units.n_arms > 1
    )::INTEGER AS n_crossed,
    chi_square,
    chi_square > 10.83 AS is_mismatch
FROM tested
