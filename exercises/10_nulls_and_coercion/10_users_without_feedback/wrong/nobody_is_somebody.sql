-- mistake: conversations without a user_ref are gathered into one user who never gave feedback
SELECT user_ref, count(*)::INTEGER AS n_conversations, max(started_at) AS last_started_at
FROM conversations AS c
WHERE NOT EXISTS (SELECT 1 FROM feedback AS f WHERE f.user_ref = c.user_ref)
GROUP BY user_ref
