-- mistake: kinds of which nothing was measured have no row, and every count is of measured incidents only
SELECT kind, count(*)::INTEGER AS n_incidents, count(*)::INTEGER AS n_measured,
    median(epoch(detected_at - started_at) / 60) AS median_minutes
FROM incidents
WHERE started_at <> detected_at
GROUP BY kind
