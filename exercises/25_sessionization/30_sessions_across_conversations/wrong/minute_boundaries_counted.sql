-- mistake: date_diff('minute', ...) counts the minute boundaries between two turns, not the time elapsed
WITH activity AS (
    SELECT user_id, conversation_id, message_id, created_at,
        lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at, message_id) AS previous_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),
numbered AS (
    SELECT user_id, conversation_id, created_at, previous_at,
        sum(CASE WHEN date_diff('minute', previous_at, created_at) <= 30 THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id ORDER BY created_at, message_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS session_no
    FROM activity
),
sessions AS (
    SELECT user_id, session_no, min(created_at) AS started_at, max(created_at) AS ended_at,
        count(*)::INTEGER AS n_user_turns, count(DISTINCT conversation_id)::INTEGER AS n_conversations
    FROM numbered
    GROUP BY user_id, session_no
)
SELECT user_id, session_no::INTEGER AS session_no, started_at, ended_at, n_user_turns, n_conversations,
    epoch(started_at - lag(ended_at) OVER (PARTITION BY user_id ORDER BY session_no)) / 60 AS minutes_since_previous
FROM sessions
