SELECT t.message_id,
    first_value(c.surface) OVER (PARTITION BY c.conversation_id ORDER BY c.conversation_id) AS surface
FROM conversations AS c JOIN turns AS t ON t.conversation_id = c.conversation_id
