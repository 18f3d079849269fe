-- mistake: sittings are at most 30 minutes long, counted from the conversation's first turn, however busy they are
WITH aged AS (
    SELECT conversation_id, created_at,
        epoch(created_at - min(created_at) OVER (PARTITION BY conversation_id)) // 1800 AS half_hour
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
)
SELECT conversation_id, dense_rank() OVER (PARTITION BY conversation_id ORDER BY half_hour)::INTEGER AS sitting_no,
    min(created_at) AS started_at, max(created_at) AS ended_at, count(*)::INTEGER AS user_turns
FROM aged
GROUP BY conversation_id, half_hour
