-- Asks for each turn: among the earlier ones, the role of the last.
SELECT conversation_id, turn_index, role,
    (
        SELECT arg_max(earlier.role, earlier.turn_index)
        FROM turns AS earlier
        WHERE earlier.conversation_id = t.conversation_id AND earlier.turn_index < t.turn_index
    ) AS previous_role
FROM turns AS t
WHERE conversation_id IS NOT NULL
