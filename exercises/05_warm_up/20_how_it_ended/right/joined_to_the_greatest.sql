-- Find the greatest place of each conversation, then fetch the row that has it.
SELECT t.conversation_id, t.turn_index, t.role, t.created_at, t.stop_reason
FROM turns AS t
JOIN (SELECT conversation_id, max(turn_index) AS turn_index FROM turns GROUP BY conversation_id) AS ends
    ON ends.conversation_id = t.conversation_id AND ends.turn_index = t.turn_index
