-- mistake: takes the answer that began last before this turn by the clock; the previous one is meant by turn_index
SELECT u.conversation_id, u.turn_index,
    epoch(u.created_at - (
        SELECT a.completed_at
        FROM turns AS a
        WHERE a.conversation_id = u.conversation_id AND a.role = 'assistant' AND a.created_at < u.created_at
        ORDER BY a.created_at DESC, a.turn_index DESC
        LIMIT 1
    )) AS think_seconds
FROM turns AS u
WHERE u.role = 'user' AND u.conversation_id IS NOT NULL
