-- mistake: reports conversations whose user is unknown
WITH user_turns AS (
    SELECT user_id, conversation_id, turn_index, risk,
        row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
pairs AS (
    SELECT high.user_id, high.conversation_id, low.turn_index AS low_turn_index, high.turn_index AS high_turn_index,
        high.n - low.n AS apart
    FROM user_turns AS high
    JOIN user_turns AS low USING (conversation_id)
    WHERE high.risk = 'high' AND low.risk = 'low' AND high.n - low.n BETWEEN 1 AND 3
    QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY high.turn_index, low.turn_index DESC) = 1
)
SELECT pairs.user_id, conversation_id, low_turn_index, high_turn_index, apart::INTEGER AS user_turns_apart,
    list(coalesce(risk, 'unlabelled') ORDER BY turn_index) AS path
FROM pairs
JOIN user_turns USING (conversation_id)
WHERE turn_index BETWEEN low_turn_index AND high_turn_index
GROUP BY pairs.user_id, conversation_id, low_turn_index, high_turn_index, apart
