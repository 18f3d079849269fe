-- mistake: the maximum of each column puts together a turn that nobody wrote
SELECT conversation_id, max(turn_index) AS turn_index, max(role) AS role, max(created_at) AS created_at,
    max(stop_reason) AS stop_reason
FROM turns
WHERE conversation_id IS NOT NULL
GROUP BY conversation_id
