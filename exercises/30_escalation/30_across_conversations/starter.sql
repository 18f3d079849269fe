-- High turns of users who also have a low turn. When, and in which conversation?
WITH user_turns AS (
    SELECT user_id, conversation_id, turn_index, risk, created_at,
        max(created_at) FILTER (WHERE risk = 'low') OVER (PARTITION BY user_id) AS last_low_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL AND created_at IS NOT NULL
)
SELECT user_id, conversation_id, turn_index, created_at AS high_at, last_low_at, 1::INTEGER AS low_conversations
FROM user_turns
WHERE risk = 'high' AND last_low_at IS NOT NULL
