-- mistake: turns without a conversation are reported too
SELECT u.conversation_id, u.turn_index, epoch(u.created_at - a.completed_at) AS think_seconds
FROM (SELECT * FROM turns WHERE role = 'user') AS u
ASOF LEFT JOIN (SELECT * FROM turns WHERE role = 'assistant') AS a
    ON u.conversation_id = a.conversation_id AND u.turn_index > a.turn_index
