-- Every incident stays; its minutes are there only where the review measured a start: a placeholder becomes NULL.
WITH reviewed AS (
    SELECT kind, epoch(detected_at - nullif(started_at, detected_at)) / 60 AS minutes
    FROM incidents
)

SELECT
    kind,
    count(*)::INTEGER AS n_incidents,
    count(minutes)::INTEGER AS n_measured,
    median(minutes) AS median_minutes
FROM reviewed
GROUP BY kind
