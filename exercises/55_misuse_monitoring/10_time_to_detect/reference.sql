-- Every incident stays; its minutes are there only where the review measured a start.
WITH reviewed AS (
    SELECT
        kind,
        CASE WHEN started_at <> detected_at THEN epoch(detected_at - started_at) / 60 END AS minutes
    FROM incidents
)

SELECT
    kind,
    count(*)::INTEGER AS n_incidents,
    count(minutes)::INTEGER AS n_measured,
    median(minutes) AS median_minutes
FROM reviewed
GROUP BY kind
