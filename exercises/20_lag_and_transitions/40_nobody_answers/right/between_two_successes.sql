-- Stands on each success and collects the failures since the success before it.
WITH calls AS (
    FROM turns
    WHERE role = 'assistant' AND model_version IS NOT NULL AND region IS NOT NULL AND created_at IS NOT NULL
),
spans AS (
    SELECT model_version, region, created_at AS ended_at,
        lag(created_at) OVER (PARTITION BY model_version, region ORDER BY created_at) AS since
    FROM (SELECT DISTINCT model_version, region, created_at FROM calls WHERE status = 200) AS successes
)
SELECT model_version, region, min(created_at) AS started_at, ended_at,
    count(*)::INTEGER AS n_failures, count(DISTINCT conversation_id)::INTEGER AS n_conversations
FROM spans
JOIN calls USING (model_version, region)
WHERE status >= 500 AND created_at <= ended_at AND (since IS NULL OR created_at > since)
GROUP BY model_version, region, ended_at
HAVING count(*) >= 5
