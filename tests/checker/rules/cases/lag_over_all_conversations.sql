-- expect: WIN004 3:20
-- expect: WIN006 3:20
SELECT message_id, lag(risk) OVER (ORDER BY created_at) AS before FROM turns
