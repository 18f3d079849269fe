-- mistake: copied starts count as a detection in no time
SELECT
    kind,
    count(*)::INTEGER AS n_incidents,
    count(started_at)::INTEGER AS n_measured,
    median(epoch(detected_at - started_at) / 60) AS median_minutes
FROM incidents
GROUP BY kind
