WITH
parameters AS (SELECT INTERVAL 30 MINUTES AS longest_silence),

-- What counts as being there, with the user's turn before it in any conversation.
activity AS (
    SELECT user_id, conversation_id, created_at,
        lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at) AS previous_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),

numbered AS (
    SELECT user_id, conversation_id, created_at,
        sum(CASE WHEN created_at - previous_at < longest_silence THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id ORDER BY created_at
        ) AS session_no
    FROM activity, parameters
)

SELECT user_id, session_no::INTEGER AS session_no, min(created_at) AS started_at, max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns, count(DISTINCT conversation_id)::INTEGER AS n_conversations,
    epoch(min(created_at) - lag(max(created_at)) OVER (PARTITION BY user_id ORDER BY session_no)) / 60 AS minutes_since_previous
FROM numbered
GROUP BY user_id, session_no
