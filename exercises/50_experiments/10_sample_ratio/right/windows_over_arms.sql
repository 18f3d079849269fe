WITH seen AS (
    SELECT DISTINCT experiment_id, unit_id, arm FROM exposures WHERE is_shadow = false
),
marked AS (
    SELECT *, count(*) OVER (PARTITION BY experiment_id, unit_id) AS n_arms FROM seen
),
planned AS (
    SELECT *, count(*) OVER (PARTITION BY experiment_id) AS n_planned FROM experiments
),
arms AS (
    SELECT p.experiment_id, p.arm, p.planned_share,
        (SELECT count(*) FROM marked AS m
            WHERE m.experiment_id = p.experiment_id AND m.arm = p.arm AND m.n_arms = 1) AS observed
    FROM planned AS p
    WHERE p.n_planned = 2
),
totalled AS (
    SELECT *, sum(observed) OVER (PARTITION BY experiment_id) AS n FROM arms
)
SELECT
    t.experiment_id,
    max(t.n)::INTEGER AS n_units,
    (SELECT count(DISTINCT m.unit_id) FROM marked AS m
        WHERE m.experiment_id = t.experiment_id AND m.n_arms = 2)::INTEGER AS n_crossed,
    sum(CASE WHEN t.n > 0 THEN t.observed * t.observed / (t.n * t.planned_share) END) - max(nullif(t.n, 0)) AS chi_square,
    sum(CASE WHEN t.n > 0 THEN t.observed * t.observed / (t.n * t.planned_share) END) - max(nullif(t.n, 0)) > 10.83
        AS is_mismatch
FROM totalled AS t
GROUP BY t.experiment_id
