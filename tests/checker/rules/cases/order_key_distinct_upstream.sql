WITH moments AS (SELECT DISTINCT user_id, created_at FROM turns)
SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY created_at) AS place FROM moments
