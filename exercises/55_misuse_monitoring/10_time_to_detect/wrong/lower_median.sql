-- mistake: takes the lower of the two in the middle
SELECT kind, count(*)::INTEGER AS n_incidents, count(minutes)::INTEGER AS n_measured,
    quantile_disc(minutes, 0.5) AS median_minutes
FROM (
    SELECT kind, CASE WHEN started_at <> detected_at THEN epoch(detected_at - started_at) / 60 END AS minutes
    FROM incidents
)
GROUP BY kind
