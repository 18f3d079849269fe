-- mistake: begins at the first turn, which may have no label, and loses the conversation
WITH ranked AS (
    SELECT user_id, conversation_id, turn_index,
        CASE risk WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END AS level,
        min(turn_index) OVER (PARTITION BY conversation_id) AS first_turn
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),
per_conversation AS (
    SELECT user_id, conversation_id, count(level) AS labels,
        max(level) AS top, max(level) FILTER (WHERE turn_index = first_turn) AS first_level
    FROM ranked
    GROUP BY user_id, conversation_id
)
SELECT user_id, count(*)::INTEGER AS conversations,
    count(*) FILTER (WHERE labels >= 2)::INTEGER AS measured,
    avg(top - first_level) FILTER (WHERE labels >= 2) AS mean_depth
FROM per_conversation
GROUP BY user_id
