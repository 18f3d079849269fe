-- mistake: feedback without a value does not count here, but whoever sent it was heard
SELECT user_ref, count(*)::INTEGER AS n_conversations, max(started_at) AS last_started_at
FROM conversations AS c
WHERE user_ref IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM feedback AS f WHERE f.user_ref = c.user_ref AND f.value IS NOT NULL)
GROUP BY user_ref
