-- mistake: the silence is cut down to whole seconds, so 30:00 and a fraction counts as exactly 30 minutes
WITH timed AS (
    SELECT conversation_id, turn_index, created_at,
        lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS previous_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
numbered AS (
    SELECT conversation_id, created_at,
        sum(CASE WHEN previous_at IS NULL OR date_sub('second', previous_at, created_at) > 1800 THEN 1 ELSE 0 END) OVER (
            PARTITION BY conversation_id ORDER BY created_at, turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM timed
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no, min(created_at) AS started_at,
    max(created_at) AS ended_at, count(*)::INTEGER AS user_turns
FROM numbered
GROUP BY conversation_id, sitting_no
