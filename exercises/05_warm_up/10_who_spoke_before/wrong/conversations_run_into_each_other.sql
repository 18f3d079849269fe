-- mistake: without a partition, the first turn of a conversation follows the last turn of another one
SELECT conversation_id, turn_index, role,
    lag(role) OVER (ORDER BY conversation_id, turn_index) AS previous_role
FROM turns
WHERE conversation_id IS NOT NULL
