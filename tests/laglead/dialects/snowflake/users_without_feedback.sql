-- dialect: snowflake
SELECT c.user_ref, COUNT(*)::INT AS n_conversations, MAX(c.started_at) AS last_started_at
FROM conversations AS c
LEFT JOIN (SELECT DISTINCT user_ref FROM feedback) AS f ON f.user_ref = c.user_ref
WHERE c.user_ref IS NOT NULL AND f.user_ref IS NULL
GROUP BY 1
