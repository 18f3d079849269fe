SELECT turn_index, risk <> lag(risk, 1, 'none') OVER (PARTITION BY conversation_id ORDER BY turn_index) AS c FROM turns
