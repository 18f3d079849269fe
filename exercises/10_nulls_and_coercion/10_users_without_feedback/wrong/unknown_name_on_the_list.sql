-- mistake: one feedback row without a user_ref empties the whole list, because NOT IN cannot tell who it was
SELECT user_ref, count(*)::INTEGER AS n_conversations, max(started_at) AS last_started_at
FROM conversations
WHERE user_ref IS NOT NULL AND user_ref NOT IN (SELECT user_ref FROM feedback)
GROUP BY user_ref
