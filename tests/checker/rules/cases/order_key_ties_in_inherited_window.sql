-- expect: WIN006 2:20
SELECT message_id, lag(risk) OVER (mine ORDER BY created_at) AS before FROM turns WINDOW mine AS (PARTITION BY user_id)
