-- mistake: a 429 between two failures interrupts the row of failures
WITH calls AS (
    SELECT model_version, region, conversation_id, created_at, status,
        row_number() OVER (PARTITION BY model_version, region ORDER BY created_at, status DESC, message_id)
            - row_number() OVER (
                PARTITION BY model_version, region, status >= 500 ORDER BY created_at, status DESC, message_id
            ) AS island,
        min(created_at) FILTER (WHERE status = 200) OVER (
            PARTITION BY model_version, region
            ORDER BY created_at
            RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS ended_at
    FROM turns
    WHERE role = 'assistant' AND model_version IS NOT NULL AND region IS NOT NULL AND created_at IS NOT NULL
)
SELECT model_version, region, min(created_at) AS started_at, ended_at,
    count(*)::INTEGER AS n_failures, count(DISTINCT conversation_id)::INTEGER AS n_conversations
FROM calls
WHERE status >= 500 AND ended_at IS NOT NULL
GROUP BY model_version, region, ended_at, island
HAVING count(*) >= 5
