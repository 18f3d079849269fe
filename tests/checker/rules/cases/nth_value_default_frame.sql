-- expect: WIN002 2:8
SELECT nth_value(risk, 2) OVER w FROM turns WINDOW w AS (PARTITION BY conversation_id ORDER BY turn_index)
