-- The last turn is the one that nothing comes after.
SELECT conversation_id, turn_index, role, created_at, stop_reason
FROM turns AS t
WHERE conversation_id IS NOT NULL
    AND NOT EXISTS (
        SELECT 1
        FROM turns AS later
        WHERE later.conversation_id = t.conversation_id AND later.turn_index > t.turn_index
    )
