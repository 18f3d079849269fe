SELECT turn_index, risk IS DISTINCT FROM lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS c FROM turns
