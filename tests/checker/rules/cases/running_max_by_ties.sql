-- expect: WIN001 2:8
SELECT max_by(risk, turn_index) OVER (PARTITION BY conversation_id ORDER BY created_at) FROM turns
