-- dialect: bigquery
SELECT user_ref, COUNT(*) AS n_conversations, MAX(started_at) AS last_started_at
FROM conversations
WHERE user_ref IS NOT NULL
  AND user_ref NOT IN (SELECT user_ref FROM feedback WHERE user_ref IS NOT NULL)
GROUP BY user_ref
