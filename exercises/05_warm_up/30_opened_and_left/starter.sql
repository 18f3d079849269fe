-- Conversations that somebody wrote in. Where are the others?
SELECT c.conversation_id, c.started_at, count(*)::INTEGER AS n_user_turns
FROM conversations AS c
JOIN turns AS t ON t.conversation_id = c.conversation_id AND t.role = 'user'
GROUP BY c.conversation_id, c.started_at
