-- dialect: postgres
SELECT c.conversation_id, c.started_at, (COUNT(*) FILTER (WHERE t.role = 'user'))::int AS n_user_turns
FROM conversations c
LEFT JOIN turns t USING (conversation_id)
GROUP BY c.conversation_id, c.started_at
