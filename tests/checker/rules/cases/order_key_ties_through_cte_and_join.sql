-- expect: WIN006 3:22
WITH asked AS (SELECT * FROM turns WHERE role = 'user' AND created_at IS NOT NULL)
SELECT a.message_id, row_number() OVER (PARTITION BY a.user_id ORDER BY a.created_at) AS place
FROM asked AS a JOIN conversations AS c USING (conversation_id)
