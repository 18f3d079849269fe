-- expect: WIN006 3:5
SELECT message_id,
    lag(risk) OVER by_time AS before
FROM turns
WINDOW by_time AS (PARTITION BY conversation_id ORDER BY created_at)
