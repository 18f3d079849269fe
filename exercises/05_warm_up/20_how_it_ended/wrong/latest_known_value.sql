-- mistake: arg_max skips NULLs, so what the last turn does not say is filled in from an earlier one
SELECT conversation_id, max(turn_index) AS turn_index, arg_max(role, turn_index) AS role,
    arg_max(created_at, turn_index) AS created_at, arg_max(stop_reason, turn_index) AS stop_reason
FROM turns
WHERE conversation_id IS NOT NULL
GROUP BY conversation_id
