-- A session ends where the next turn is too far away; a turn's session is one more than the endings before it.
WITH ahead AS (
    SELECT *, lead(created_at) OVER (PARTITION BY user_id ORDER BY created_at, message_id) AS next_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),
placed AS (
    SELECT *, 1 + count(*) FILTER (WHERE next_at > created_at + INTERVAL 30 MINUTES) OVER (
            PARTITION BY user_id ORDER BY created_at, message_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS session_no
    FROM ahead
),
sessions AS (
    SELECT user_id, session_no, min(created_at) AS started_at, max(created_at) AS ended_at, max(next_at) AS next_at,
        count(*) AS n, count(DISTINCT conversation_id) AS c
    FROM placed
    GROUP BY user_id, session_no
)
SELECT s.user_id, s.session_no::INTEGER AS session_no, s.started_at, s.ended_at, s.n::INTEGER AS n_user_turns,
    s.c::INTEGER AS n_conversations, epoch(s.started_at - before.ended_at) / 60 AS minutes_since_previous
FROM sessions AS s
LEFT JOIN sessions AS before ON before.user_id = s.user_id AND before.session_no = s.session_no - 1
