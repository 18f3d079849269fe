WITH
-- The user turns with the rank of their label, NULL where there is none: ranks can be compared and subtracted.
ranked AS (
    SELECT
        user_id,
        conversation_id,
        turn_index,
        CASE risk WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END AS level
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),

-- One row per conversation: its depth, or NULL where fewer than two labels leave nothing to measure. A conversation has one user.
per_conversation AS (
    SELECT
        any_value(user_id) AS user_id,
        CASE WHEN count(level) >= 2 THEN max(level) - arg_min(level, turn_index) END AS depth
    FROM ranked
    GROUP BY conversation_id
)

SELECT
    user_id,
    count(*)::INTEGER AS conversations,
    count(depth)::INTEGER AS measured,
    avg(depth) AS mean_depth
FROM per_conversation
GROUP BY user_id
