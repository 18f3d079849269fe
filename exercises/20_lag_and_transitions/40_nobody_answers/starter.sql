-- The failures of each model in each region on each day. A day is not an outage: which failures came in a row?
SELECT
    model_version,
    region,
    min(created_at) AS started_at,
    max(created_at) AS ended_at,
    count(*)::INTEGER AS n_failures,
    count(DISTINCT conversation_id)::INTEGER AS n_conversations
FROM turns
WHERE role = 'assistant' AND status <> 200
GROUP BY model_version, region, created_at::DATE
HAVING count(*) >= 5
