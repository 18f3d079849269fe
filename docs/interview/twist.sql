WITH
parameters AS (SELECT INTERVAL 30 MINUTES AS shorter, INTERVAL 60 MINUTES AS longer),

-- What counts as being there, with the user's turn before it in any conversation.
activity AS (
    SELECT user_id, conversation_id, created_at,
        lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at) AS previous_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
)

SELECT user_id,
    (1 + count(*) FILTER (WHERE created_at - previous_at > shorter))::INTEGER AS sessions_30,
    (1 + count(*) FILTER (WHERE created_at - previous_at > longer))::INTEGER AS sessions_60
FROM activity, parameters
GROUP BY user_id
HAVING sessions_30 <> sessions_60
