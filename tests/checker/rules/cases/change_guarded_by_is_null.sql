WITH b AS (SELECT turn_index, risk, lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS p FROM turns)
SELECT turn_index FROM b WHERE p IS NULL OR risk <> p
