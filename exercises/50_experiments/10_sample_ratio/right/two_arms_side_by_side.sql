WITH pairs AS (
    SELECT experiment_id, min(arm) AS arm_a, max(arm) AS arm_b,
        arg_min(planned_share, arm) AS share_a, arg_max(planned_share, arm) AS share_b
    FROM experiments
    GROUP BY experiment_id
    HAVING count(*) = 2
),
units AS (
    SELECT p.experiment_id, e.unit_id, bool_or(e.arm = p.arm_a) AS saw_a, bool_or(e.arm = p.arm_b) AS saw_b
    FROM pairs AS p
    JOIN exposures AS e ON e.experiment_id = p.experiment_id AND NOT e.is_shadow
    GROUP BY p.experiment_id, e.unit_id
),
counted AS (
    SELECT p.experiment_id, p.share_a, p.share_b,
        count(*) FILTER (WHERE u.saw_a AND NOT u.saw_b) AS n_a,
        count(*) FILTER (WHERE u.saw_b AND NOT u.saw_a) AS n_b,
        count(*) FILTER (WHERE u.saw_a AND u.saw_b) AS n_crossed
    FROM pairs AS p
    LEFT JOIN units AS u ON u.experiment_id = p.experiment_id
    GROUP BY p.experiment_id, p.share_a, p.share_b
),
tested AS (
    SELECT experiment_id, n_a + n_b AS n, n_crossed,
        CASE WHEN n_a + n_b > 0 THEN (n_a - (n_a + n_b) * share_a) ** 2 / ((n_a + n_b) * share_a)
            + (n_b - (n_a + n_b) * share_b) ** 2 / ((n_a + n_b) * share_b) END AS chi_square
    FROM counted
)
SELECT experiment_id, n::INTEGER AS n_units, n_crossed::INTEGER AS n_crossed, chi_square,
    chi_square > 10.83 AS is_mismatch
FROM tested
