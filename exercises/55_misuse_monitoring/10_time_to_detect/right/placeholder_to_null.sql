WITH starts AS (
    SELECT kind, detected_at, nullif(started_at, detected_at) AS measured_start
    FROM incidents
)
SELECT
    kind,
    count(*)::INTEGER AS n_incidents,
    count(measured_start)::INTEGER AS n_measured,
    median(date_sub('microsecond', measured_start, detected_at) / 60e6) AS median_minutes
FROM starts
GROUP BY kind
