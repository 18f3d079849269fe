-- mistake: turns without a conversation are listed too, as neighbours of each other
SELECT conversation_id, turn_index, role,
    lag(role) OVER (PARTITION BY conversation_id ORDER BY turn_index, message_id) AS previous_role
FROM turns
