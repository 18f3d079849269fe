-- runs: lateral
SELECT conversation_id, turn_index, seconds FROM turns
QUALIFY rank() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC) = 1
