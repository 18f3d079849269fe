-- mistake: sittings of different conversations become one session only where they overlap; they do so too when less than half an hour lies between
WITH activity AS (
    SELECT user_id, conversation_id, message_id, created_at,
        lag(created_at) OVER (PARTITION BY user_id, conversation_id ORDER BY created_at, message_id) AS previous_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),
sittings AS (
    SELECT user_id, conversation_id, sitting_no, min(created_at) AS from_at, max(created_at) AS to_at, count(*) AS n
    FROM (
        SELECT *, sum(CASE WHEN created_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
                PARTITION BY user_id, conversation_id ORDER BY created_at, message_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS sitting_no
        FROM activity
    )
    GROUP BY user_id, conversation_id, sitting_no
),
marked AS (
    SELECT *, max(to_at) OVER (
            PARTITION BY user_id ORDER BY from_at, to_at, conversation_id, sitting_no
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until
    FROM sittings
),
numbered AS (
    SELECT *, sum(CASE WHEN from_at <= busy_until THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id ORDER BY from_at, to_at, conversation_id, sitting_no
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS session_no
    FROM marked
),
sessions AS (
    SELECT user_id, session_no, min(from_at) AS started_at, max(to_at) AS ended_at, sum(n)::INTEGER AS n_user_turns,
        count(DISTINCT conversation_id)::INTEGER AS n_conversations
    FROM numbered
    GROUP BY user_id, session_no
)
SELECT user_id, session_no::INTEGER AS session_no, started_at, ended_at, n_user_turns, n_conversations,
    epoch(started_at - lag(ended_at) OVER (PARTITION BY user_id ORDER BY session_no)) / 60 AS minutes_since_previous
FROM sessions
