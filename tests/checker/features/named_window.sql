-- runs: lateral
SELECT conversation_id, turn_index, lag(turn_index) OVER w AS before, lead(turn_index) OVER w AS after
FROM (SELECT DISTINCT conversation_id, turn_index FROM turns) WINDOW w AS (PARTITION BY conversation_id ORDER BY turn_index)
