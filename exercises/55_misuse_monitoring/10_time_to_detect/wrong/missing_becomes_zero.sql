-- mistake: incidents without a measured start enter the median as zero
SELECT kind, count(*)::INTEGER AS n_incidents,
    (count(*) FILTER (WHERE started_at <> detected_at))::INTEGER AS n_measured,
    median(coalesce(epoch(detected_at - started_at) / 60, 0)) AS median_minutes
FROM incidents
GROUP BY kind
