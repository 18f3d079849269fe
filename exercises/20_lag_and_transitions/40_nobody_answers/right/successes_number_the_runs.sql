-- Successes so far number the runs; a run is its failures and the success that ends it.
WITH calls AS (
    SELECT model_version, region, conversation_id, created_at, status >= 500 AS has_failed,
        count(*) FILTER (WHERE status = 200) OVER (
            PARTITION BY model_version, region
            ORDER BY created_at, status DESC, message_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS run
    FROM turns
    WHERE role = 'assistant' AND model_version IS NOT NULL AND region IS NOT NULL AND created_at IS NOT NULL
        AND (status >= 500 OR status = 200)
)
SELECT
    model_version,
    region,
    min(created_at) FILTER (WHERE has_failed) AS started_at,
    max(created_at) FILTER (WHERE NOT has_failed) AS ended_at,
    (count(*) FILTER (WHERE has_failed))::INTEGER AS n_failures,
    count(DISTINCT CASE WHEN has_failed THEN conversation_id END)::INTEGER AS n_conversations
FROM calls
GROUP BY model_version, region, run
HAVING n_failures >= 5 AND ended_at IS NOT NULL
