-- mistake: lists those who did give feedback
SELECT user_ref, count(*)::INTEGER AS n_conversations, max(started_at) AS last_started_at
FROM conversations AS c
WHERE user_ref IS NOT NULL AND EXISTS (SELECT 1 FROM feedback AS f WHERE f.user_ref = c.user_ref)
GROUP BY user_ref
