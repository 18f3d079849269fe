-- mistake: date_diff counts minute boundaries, so fractions of minutes are lost
SELECT kind, count(*)::INTEGER AS n_incidents, count(minutes)::INTEGER AS n_measured, median(minutes) AS median_minutes
FROM (
    SELECT kind, CASE WHEN started_at <> detected_at THEN date_diff('minute', started_at, detected_at) END AS minutes
    FROM incidents
)
GROUP BY kind
