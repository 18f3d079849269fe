-- mistake: the turns of one user are neighbours here, whichever conversation they belong to
SELECT conversation_id, turn_index, role,
    lag(role) OVER (PARTITION BY user_id ORDER BY turn_index, message_id) AS previous_role
FROM turns
WHERE conversation_id IS NOT NULL
