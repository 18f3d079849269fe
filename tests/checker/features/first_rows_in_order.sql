-- runs: lateral
SELECT conversation_id, turn_index FROM (SELECT DISTINCT conversation_id, turn_index FROM turns) ORDER BY ALL LIMIT 2 OFFSET 1
