SELECT
    kind,
    count(*)::INTEGER AS n_incidents,
    (count(*) FILTER (WHERE started_at IS NOT NULL AND started_at IS DISTINCT FROM detected_at))::INTEGER AS n_measured,
    quantile_cont(epoch(detected_at - started_at) / 60.0, 0.5)
        FILTER (WHERE started_at IS NOT NULL AND started_at IS DISTINCT FROM detected_at) AS median_minutes
FROM incidents
GROUP BY ALL
