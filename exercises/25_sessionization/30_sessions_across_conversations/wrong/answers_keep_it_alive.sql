-- mistake: the silence is measured from the row before, whoever wrote it, so an answer of the model bridges it
WITH activity AS (
    SELECT user_id, conversation_id, message_id, role, created_at,
        lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at, message_id) AS previous_at
    FROM turns
    WHERE user_id IS NOT NULL AND created_at IS NOT NULL
),
numbered AS (
    SELECT user_id, conversation_id, role, created_at,
        sum(CASE WHEN created_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id ORDER BY created_at, message_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS block_no
    FROM activity
),
sessions AS (
    SELECT user_id, block_no, min(created_at) AS started_at, max(created_at) AS ended_at,
        count(*)::INTEGER AS n_user_turns, count(DISTINCT conversation_id)::INTEGER AS n_conversations
    FROM numbered
    WHERE role = 'user'
    GROUP BY user_id, block_no
)
SELECT user_id, row_number() OVER in_time::INTEGER AS session_no, started_at, ended_at, n_user_turns, n_conversations,
    epoch(started_at - lag(ended_at) OVER in_time) / 60 AS minutes_since_previous
FROM sessions
WINDOW in_time AS (PARTITION BY user_id ORDER BY block_no)
