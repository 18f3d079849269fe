-- Spells the condition out: without a start the comparison is NULL, and CASE gives NULL too.
WITH reviewed AS (
    SELECT kind, CASE WHEN started_at <> detected_at THEN epoch(detected_at - started_at) / 60 END AS minutes
    FROM incidents
)
SELECT kind, count(*)::INTEGER AS n_incidents, count(minutes)::INTEGER AS n_measured, median(minutes) AS median_minutes
FROM reviewed
GROUP BY kind
