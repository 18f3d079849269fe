-- mistake: measures from detection to mitigation: how long it took to stop, not to notice
SELECT kind, count(*)::INTEGER AS n_incidents, count(minutes)::INTEGER AS n_measured, median(minutes) AS median_minutes
FROM (
    SELECT kind, CASE WHEN started_at <> detected_at THEN epoch(mitigated_at - detected_at) / 60 END AS minutes
    FROM incidents
)
GROUP BY kind
