-- Conversations with a low and a high user turn somewhere. In which order, and how far apart?
SELECT
    user_id,
    conversation_id,
    min(turn_index) FILTER (WHERE risk = 'low') AS low_turn_index,
    min(turn_index) FILTER (WHERE risk = 'high') AS high_turn_index,
    1::INTEGER AS user_turns_apart,
    ['low', 'high'] AS path
FROM turns
WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
GROUP BY user_id, conversation_id
HAVING low_turn_index IS NOT NULL AND high_turn_index IS NOT NULL
