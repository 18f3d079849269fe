-- mistake: deleted conversations are left out, and with them people who opened nothing else
SELECT user_ref, count(*)::INTEGER AS n_conversations, max(started_at) AS last_started_at
FROM conversations AS c
WHERE user_ref IS NOT NULL AND deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM feedback AS f WHERE f.user_ref = c.user_ref)
GROUP BY user_ref
