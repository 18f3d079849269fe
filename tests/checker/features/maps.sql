-- runs: lateral
SELECT conversation_id, histogram(turn_index) AS m FROM turns GROUP BY 1
