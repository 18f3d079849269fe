-- mistake: counts the failures of each hour of the clock, whatever succeeded in between
WITH calls AS (
    SELECT *,
        min(created_at) FILTER (WHERE status = 200) OVER (
            PARTITION BY model_version, region
            ORDER BY created_at
            RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS success_at
    FROM turns
    WHERE role = 'assistant' AND model_version IS NOT NULL AND region IS NOT NULL
)
SELECT model_version, region, min(created_at) AS started_at, max(success_at) AS ended_at,
    count(*)::INTEGER AS n_failures, count(DISTINCT conversation_id)::INTEGER AS n_conversations
FROM calls
WHERE status >= 500 AND success_at IS NOT NULL
GROUP BY model_version, region, date_trunc('hour', created_at)
HAVING count(*) >= 5
