-- mistake: a session ends 30 minutes after its first turn here, however busy it is; only a silence ends one
WITH RECURSIVE activity AS (
    SELECT user_id, conversation_id, created_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),
openings AS (
    SELECT user_id, min(created_at) AS opened_at, 1 AS session_no
    FROM activity
    GROUP BY user_id
    UNION ALL
    SELECT a.user_id, min(a.created_at), any_value(o.session_no) + 1
    FROM openings AS o
    JOIN activity AS a ON a.user_id = o.user_id AND a.created_at > o.opened_at + INTERVAL 30 MINUTES
    GROUP BY a.user_id
),
sessions AS (
    SELECT a.user_id, o.session_no, min(a.created_at) AS started_at, max(a.created_at) AS ended_at,
        count(*)::INTEGER AS n_user_turns, count(DISTINCT a.conversation_id)::INTEGER AS n_conversations
    FROM activity AS a
    ASOF JOIN openings AS o ON a.user_id = o.user_id AND a.created_at >= o.opened_at
    GROUP BY a.user_id, o.session_no
)
SELECT user_id, session_no, started_at, ended_at, n_user_turns, n_conversations,
    epoch(started_at - lag(ended_at) OVER (PARTITION BY user_id ORDER BY session_no)) / 60 AS minutes_since_previous
FROM sessions
