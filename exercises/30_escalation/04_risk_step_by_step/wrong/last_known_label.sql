-- mistake: compares with the last label that is known, over the heads of unlabelled turns
WITH ranked AS (
    SELECT conversation_id, turn_index, risk,
        CASE risk WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END AS level
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
beside AS (
    SELECT *, row_number() OVER w AS n, lag(level IGNORE NULLS) OVER w AS level_before
    FROM ranked
    WINDOW w AS (PARTITION BY conversation_id ORDER BY turn_index)
)
SELECT conversation_id, count(*)::INTEGER AS user_turns,
    list(CASE
        WHEN n = 1 THEN 'start'
        WHEN level IS NULL OR level_before IS NULL THEN 'unknown'
        WHEN level > level_before THEN 'up'
        WHEN level < level_before THEN 'down'
        ELSE 'same'
    END ORDER BY turn_index) AS steps
FROM beside
GROUP BY conversation_id
