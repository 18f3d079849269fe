-- The nearest earlier answer is an inequality join that keeps only the closest match.
SELECT u.conversation_id, u.turn_index, epoch_us(u.created_at - a.completed_at) / 1e6 AS think_seconds
FROM (SELECT * FROM turns WHERE role = 'user' AND conversation_id IS NOT NULL) AS u
ASOF LEFT JOIN (SELECT * FROM turns WHERE role = 'assistant') AS a
    ON u.conversation_id = a.conversation_id AND u.turn_index > a.turn_index
