-- dialect: snowflake
SELECT c.conversation_id, c.started_at, COUNT_IF(t.role = 'user')::INT AS n_user_turns
FROM conversations c
LEFT JOIN turns t ON t.conversation_id = c.conversation_id
GROUP BY ALL
