-- runs: lateral
SELECT conversation_id, min_by(turn_index, (turn_index, seconds)) AS a, max(turn_index, 2) AS b FROM turns GROUP BY 1
