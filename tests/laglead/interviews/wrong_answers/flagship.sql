WITH user_turns AS (
    SELECT user_id, conversation_id, turn_index, coalesce(risk, 'low') AS risk,
        row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index)::INTEGER AS n
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
)
SELECT high.user_id, high.conversation_id, low.turn_index AS low_turn_index, high.turn_index AS high_turn_index,
    high.n - low.n AS user_turns_apart, [low.risk, high.risk] AS path
FROM user_turns AS high
JOIN user_turns AS low ON low.conversation_id = high.conversation_id AND high.n - low.n BETWEEN 1 AND 3
WHERE high.risk = 'high' AND low.risk = 'low'
