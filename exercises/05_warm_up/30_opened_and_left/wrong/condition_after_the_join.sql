-- mistake: conversations without a user turn are lost: by an inner join, or by WHERE after the outer join
SELECT c.conversation_id, c.started_at, count(t.message_id)::INTEGER AS n_user_turns
FROM conversations AS c
LEFT JOIN turns AS t ON t.conversation_id = c.conversation_id
WHERE t.role = 'user'
GROUP BY c.conversation_id, c.started_at
