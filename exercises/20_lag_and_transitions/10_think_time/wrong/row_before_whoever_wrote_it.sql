-- mistake: takes completed_at of the row just before, which may be a tool row or another user turn
SELECT conversation_id, turn_index, epoch(created_at - previous_completed_at) AS think_seconds
FROM (
    SELECT conversation_id, turn_index, role, created_at,
        lag(completed_at) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS previous_completed_at
    FROM turns
    WHERE conversation_id IS NOT NULL
)
WHERE role = 'user'
