-- expect: WIN006 4:9
WITH beside AS (
    SELECT conversation_id, message_id, created_at,
        lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at) AS before_at
    FROM turns)
SELECT conversation_id, message_id,
    count(*) FILTER (WHERE created_at - before_at > INTERVAL 30 MINUTES)
        OVER (PARTITION BY conversation_id ORDER BY created_at, message_id ROWS UNBOUNDED PRECEDING) AS sitting_no
FROM beside
