-- mistake: WHERE throws the conversations without a user turn away after the outer join has kept them
SELECT c.conversation_id, c.started_at, count(t.message_id)::INTEGER AS n_user_turns
FROM conversations AS c
LEFT JOIN turns AS t ON t.conversation_id = c.conversation_id
WHERE t.role = 'user'
GROUP BY c.conversation_id, c.started_at
