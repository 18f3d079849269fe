-- runs: lateral
SELECT conversation_id, unnest([turn_index, turn_index * 10, NULL]) AS i FROM turns
