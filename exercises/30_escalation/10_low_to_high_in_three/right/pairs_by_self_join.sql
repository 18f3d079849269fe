-- All low-high pairs within reach, then the first high and the nearest low of each conversation.
WITH numbered AS (
    SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),
pairs AS (
    SELECT h.user_id, h.conversation_id, l.turn_index AS low_turn_index, h.turn_index AS high_turn_index,
        h.n - l.n AS user_turns_apart
    FROM numbered AS l
    JOIN numbered AS h USING (conversation_id)
    WHERE l.risk = 'low' AND h.risk = 'high' AND h.n - l.n BETWEEN 1 AND 3
),
chosen AS (
    SELECT DISTINCT ON (conversation_id) *
    FROM pairs
    ORDER BY conversation_id, high_turn_index, low_turn_index DESC
)
SELECT chosen.user_id, conversation_id, low_turn_index, high_turn_index, user_turns_apart::INTEGER AS user_turns_apart,
    (
        SELECT list(ifnull(p.risk, 'unlabelled') ORDER BY p.turn_index)
        FROM numbered AS p
        WHERE p.conversation_id = chosen.conversation_id
            AND p.turn_index >= chosen.low_turn_index AND p.turn_index <= chosen.high_turn_index
    ) AS path
FROM chosen
