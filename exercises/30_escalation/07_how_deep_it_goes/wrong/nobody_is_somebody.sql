-- mistake: reports the conversations of unknown users as those of one user without a name
WITH ranked AS (
    SELECT user_id, conversation_id, turn_index,
        CASE risk WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END AS level
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
per_conversation AS (
    SELECT user_id, conversation_id, count(level) AS labels,
        max(level) AS top, arg_min(level, turn_index) FILTER (WHERE level IS NOT NULL) AS first_level
    FROM ranked
    GROUP BY user_id, conversation_id
)
SELECT user_id, count(*)::INTEGER AS conversations,
    count(*) FILTER (WHERE labels >= 2)::INTEGER AS measured,
    avg(top - first_level) FILTER (WHERE labels >= 2) AS mean_depth
FROM per_conversation
GROUP BY user_id
