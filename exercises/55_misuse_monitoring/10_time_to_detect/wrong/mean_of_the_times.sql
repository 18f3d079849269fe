-- mistake: reports the mean, which one forgotten weekend decides
SELECT kind, count(*)::INTEGER AS n_incidents, count(minutes)::INTEGER AS n_measured, avg(minutes) AS median_minutes
FROM (
    SELECT kind, CASE WHEN started_at <> detected_at THEN epoch(detected_at - started_at) / 60 END AS minutes
    FROM incidents
)
GROUP BY kind
