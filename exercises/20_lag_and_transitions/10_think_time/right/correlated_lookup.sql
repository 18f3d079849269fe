-- Asks for each user turn separately: the last answer before it.
SELECT u.conversation_id, u.turn_index,
    epoch(u.created_at - (
        SELECT a.completed_at
        FROM turns AS a
        WHERE a.conversation_id = u.conversation_id AND a.role = 'assistant' AND a.turn_index < u.turn_index
        ORDER BY a.turn_index DESC
        LIMIT 1
    )) AS think_seconds
FROM turns AS u
WHERE u.role = 'user' AND u.conversation_id IS NOT NULL
