-- Each failure looks up the next success; those that find the same one are one row of failures.
WITH calls AS (
    FROM turns
    WHERE role = 'assistant' AND model_version IS NOT NULL AND region IS NOT NULL AND created_at IS NOT NULL
),
failures AS (SELECT * FROM calls WHERE status >= 500),
successes AS (SELECT DISTINCT model_version, region, created_at FROM calls WHERE status = 200)
SELECT
    f.model_version,
    f.region,
    min(f.created_at) AS started_at,
    s.created_at AS ended_at,
    count(*)::INTEGER AS n_failures,
    count(DISTINCT f.conversation_id)::INTEGER AS n_conversations
FROM failures AS f
ASOF JOIN successes AS s
    ON s.model_version = f.model_version AND s.region = f.region AND s.created_at >= f.created_at
GROUP BY f.model_version, f.region, s.created_at
HAVING count(*) >= 5
