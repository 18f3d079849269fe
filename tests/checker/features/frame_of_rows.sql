-- runs: lateral
SELECT conversation_id, turn_index,
  sum(turn_index) OVER (PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s
FROM (SELECT DISTINCT conversation_id, turn_index FROM turns)
