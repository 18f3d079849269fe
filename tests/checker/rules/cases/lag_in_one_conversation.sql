SELECT message_id, lag(risk) OVER (ORDER BY turn_index) AS before FROM turns WHERE conversation_id = 'c1'
