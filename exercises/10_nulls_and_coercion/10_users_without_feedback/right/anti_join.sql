SELECT c.user_ref, count(*)::INTEGER AS n_conversations, max(c.started_at) AS last_started_at
FROM conversations AS c
ANTI JOIN feedback AS f ON f.user_ref = c.user_ref
WHERE c.user_ref IS NOT NULL
GROUP BY c.user_ref
