-- mistake: asks for no feedback after the conversation began, so earlier feedback is forgotten
SELECT user_ref, count(*)::INTEGER AS n_conversations, max(started_at) AS last_started_at
FROM conversations AS c
WHERE user_ref IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM feedback AS f WHERE f.user_ref = c.user_ref AND f.created_at >= c.started_at)
GROUP BY user_ref
