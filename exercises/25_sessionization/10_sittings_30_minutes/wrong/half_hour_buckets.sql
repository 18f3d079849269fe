-- mistake: turns are put into fixed half hours of the clock, so 10:29 and 10:31 fall into two sittings
WITH bucketed AS (
    SELECT conversation_id, created_at, time_bucket(INTERVAL 30 MINUTES, created_at) AS half_hour
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
)
SELECT conversation_id, row_number() OVER (PARTITION BY conversation_id ORDER BY half_hour)::INTEGER AS sitting_no,
    min(created_at) AS started_at, max(created_at) AS ended_at, count(*)::INTEGER AS user_turns
FROM bucketed
GROUP BY conversation_id, half_hour
