-- expect: WIN009 3:22
WITH b AS (SELECT turn_index, risk, lag(risk) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS p FROM turns)
SELECT sum(CASE WHEN risk <> p THEN 1 ELSE 0 END) AS changes FROM b
