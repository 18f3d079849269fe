-- mistake: looks back over all rows, so the model's answer is the turn before
WITH ranked AS (
    SELECT conversation_id, turn_index, risk, role,
        CASE risk WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END AS level
    FROM turns
    WHERE conversation_id IS NOT NULL
),
beside AS (
    SELECT *, count(*) FILTER (WHERE role = 'user') OVER w AS n, lag(level) OVER w AS level_before
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
WHERE role = 'user'
GROUP BY conversation_id
