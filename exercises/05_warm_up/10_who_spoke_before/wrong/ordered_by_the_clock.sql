-- mistake: turns stand in order of created_at, which may be missing, tied or skewed; turn_index is the order that counts
SELECT conversation_id, turn_index, role,
    lag(role) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS previous_role
FROM turns
WHERE conversation_id IS NOT NULL
