-- mistake: counts the turns of everybody, the model's answers and tool rows included
SELECT c.conversation_id, c.started_at, count(t.message_id)::INTEGER AS n_user_turns
FROM conversations AS c
LEFT JOIN turns AS t ON t.conversation_id = c.conversation_id
GROUP BY c.conversation_id, c.started_at
