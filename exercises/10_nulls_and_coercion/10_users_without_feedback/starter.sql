-- Everybody who opened a conversation. Who of them was never heard from?
SELECT user_ref, count(*)::INTEGER AS n_conversations, max(started_at) AS last_started_at
FROM conversations
WHERE user_ref IS NOT NULL
GROUP BY user_ref
