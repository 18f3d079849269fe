SELECT message_id, last_value(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS final
FROM turns
