-- mistake: turns are put into fixed half hours of the clock, so 10:29 and 10:31 fall into two sessions
WITH sessions AS (
    SELECT user_id, time_bucket(INTERVAL 30 MINUTES, created_at) AS half_hour, min(created_at) AS started_at,
        max(created_at) AS ended_at, count(*)::INTEGER AS n_user_turns,
        count(DISTINCT conversation_id)::INTEGER AS n_conversations
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
    GROUP BY user_id, half_hour
)
SELECT user_id, row_number() OVER in_time::INTEGER AS session_no, started_at, ended_at, n_user_turns, n_conversations,
    epoch(started_at - lag(ended_at) OVER in_time) / 60 AS minutes_since_previous
FROM sessions
WINDOW in_time AS (PARTITION BY user_id ORDER BY half_hour)
