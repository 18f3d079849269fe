-- mistake: deleted conversations are left out; every row of conversations is listed
SELECT c.conversation_id, c.started_at, count(t.message_id)::INTEGER AS n_user_turns
FROM conversations AS c
LEFT JOIN turns AS t ON t.conversation_id = c.conversation_id AND t.role = 'user'
WHERE c.deleted_at IS NULL
GROUP BY c.conversation_id, c.started_at
