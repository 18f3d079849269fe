-- mistake: counts a column that may be NULL, so user turns without a time are not counted
SELECT c.conversation_id, c.started_at, count(t.created_at)::INTEGER AS n_user_turns
FROM conversations AS c
LEFT JOIN turns AS t ON t.conversation_id = c.conversation_id AND t.role = 'user'
GROUP BY c.conversation_id, c.started_at
