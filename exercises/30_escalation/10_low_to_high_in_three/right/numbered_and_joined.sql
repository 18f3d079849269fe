-- Numbers the user turns, looks back over the numbers, and collects the path by a join.
WITH
user_turns AS (
    SELECT
        user_id,
        conversation_id,
        turn_index,
        risk,
        row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS user_turn
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),

looked_back AS (
    SELECT
        *,
        max(user_turn) FILTER (WHERE risk = 'low') OVER (
            PARTITION BY conversation_id
            ORDER BY user_turn
            RANGE BETWEEN 3 PRECEDING AND 1 PRECEDING
        ) AS low_user_turn
    FROM user_turns
),

escalations AS (
    SELECT conversation_id, low_user_turn, user_turn AS high_user_turn
    FROM looked_back
    WHERE risk = 'high' AND low_user_turn IS NOT NULL
    QUALIFY user_turn = min(user_turn) OVER (PARTITION BY conversation_id)
)

SELECT
    user_turns.user_id,
    user_turns.conversation_id,
    min(user_turns.turn_index) AS low_turn_index,
    max(user_turns.turn_index) AS high_turn_index,
    (count(*) - 1)::INTEGER AS user_turns_apart,
    list(coalesce(user_turns.risk, 'unlabelled') ORDER BY user_turns.user_turn) AS path
FROM user_turns
JOIN escalations ON escalations.conversation_id = user_turns.conversation_id
WHERE user_turns.user_turn BETWEEN escalations.low_user_turn AND escalations.high_user_turn
GROUP BY user_turns.user_id, user_turns.conversation_id
