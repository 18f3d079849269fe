-- mistake: incidents that are still open are left out
SELECT kind, count(*)::INTEGER AS n_incidents, count(minutes)::INTEGER AS n_measured, median(minutes) AS median_minutes
FROM (
    SELECT kind, CASE WHEN started_at <> detected_at THEN epoch(detected_at - started_at) / 60 END AS minutes
    FROM incidents
    WHERE resolved_at IS NOT NULL
)
GROUP BY kind
