SELECT message_id,
    CASE WHEN conversation_id = lag(conversation_id) OVER (ORDER BY conversation_id, turn_index)
        THEN lag(risk) OVER (ORDER BY conversation_id, turn_index) END AS before
FROM turns
