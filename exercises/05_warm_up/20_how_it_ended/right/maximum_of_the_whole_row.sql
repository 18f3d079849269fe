-- Structs compare field by field: the greatest of them is the whole last turn.
SELECT conversation_id, ending.turn_index, ending.role, ending.created_at, ending.stop_reason
FROM (
    SELECT conversation_id, max({
            'turn_index': turn_index, 'role': role, 'created_at': created_at, 'stop_reason': stop_reason
        }) AS ending
    FROM turns
    WHERE conversation_id IS NOT NULL
    GROUP BY conversation_id
)
