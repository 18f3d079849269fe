SELECT message_id, last_value(risk IGNORE NULLS) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS known FROM turns
