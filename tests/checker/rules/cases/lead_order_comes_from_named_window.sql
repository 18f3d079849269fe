SELECT message_id, lead(risk) OVER w AS next FROM turns WINDOW w AS (PARTITION BY conversation_id ORDER BY turn_index)
