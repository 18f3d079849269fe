-- dialect: postgres
SELECT c.user_ref, COUNT(*)::int AS n_conversations, MAX(c.started_at) AS last_started_at
FROM conversations c
WHERE c.user_ref IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.user_ref = c.user_ref)
GROUP BY c.user_ref
