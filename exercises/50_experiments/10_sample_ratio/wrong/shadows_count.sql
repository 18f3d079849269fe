-- mistake: shadow exposures count, although nobody ever saw them
WITH units AS (
    SELECT experiment_id, unit_id, min(arm) AS arm, count(DISTINCT arm) AS n_arms
    FROM exposures
    GROUP BY experiment_id, unit_id
),

arms AS (
    SELECT
        experiments.experiment_id,
        experiments.arm,
        experiments.planned_share,
        count(units.unit_id) AS observed
    FROM experiments
    LEFT JOIN units
        ON units.experiment_id = experiments.experiment_id AND units.arm = experiments.arm AND units.n_arms = 1
    GROUP BY experiments.experiment_id, experiments.arm, experiments.planned_share
),

totals AS (
    SELECT experiment_id, sum(observed) AS n_units, count(*) AS n_arms
    FROM arms
    GROUP BY experiment_id
),

crossed AS (
    SELECT experiment_id, count(*) AS n_crossed
    FROM units
    WHERE n_arms > 1
    GROUP BY experiment_id
),

tested AS (
    SELECT
        arms.experiment_id,
        totals.n_units,
        CASE WHEN totals.n_units > 0 THEN sum(
            pow(arms.observed - totals.n_units * arms.planned_share, 2) / (totals.n_units * arms.planned_share)
        ) END AS chi_square
    FROM arms
    JOIN totals ON totals.experiment_id = arms.experiment_id AND totals.n_arms = 2
    GROUP BY arms.experiment_id, totals.n_units
)

SELECT
    tested.experiment_id,
    tested.n_units::INTEGER AS n_units,
    coalesce(crossed.n_crossed, 0)::INTEGER AS n_crossed,
    tested.chi_square,
    tested.chi_square > 10.83 AS is_mismatch
FROM tested
LEFT JOIN crossed ON crossed.experiment_id = tested.experiment_id
