-- runs: lateral
SELECT conversation_id, turn_index, last_value(s IGNORE NULLS) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS s
FROM (SELECT conversation_id, turn_index, max(seconds) AS s FROM turns GROUP BY ALL)
