WITH
-- Every user turn with its number, labelled or not: the distances are counted in these numbers.
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

-- Each user turn with the nearest low turn among the three before it: feeds the choice of the high turn.
looked_back AS (
    SELECT
        *,
        max(user_turn) FILTER (WHERE risk = 'low') OVER (
            PARTITION BY conversation_id
            ORDER BY user_turn
            ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING
        ) AS low_user_turn
    FROM user_turns
),

-- The first high turn of a conversation that found a low one: one row per escalating conversation.
escalations AS (
    SELECT conversation_id, low_user_turn, user_turn AS high_user_turn
    FROM looked_back
    WHERE risk = 'high' AND low_user_turn IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY user_turn) = 1
)

SELECT
    user_turns.user_id,
    escalations.conversation_id,
    min(user_turns.turn_index) AS low_turn_index,
    max(user_turns.turn_index) AS high_turn_index,
    (high_user_turn - low_user_turn)::INTEGER AS user_turns_apart,
    list(coalesce(user_turns.risk, 'unlabelled') ORDER BY user_turns.user_turn) AS path
FROM escalations
JOIN user_turns
    ON user_turns.conversation_id = escalations.conversation_id
    AND user_turns.user_turn BETWEEN escalations.low_user_turn AND escalations.high_user_turn
GROUP BY user_turns.user_id, escalations.conversation_id, high_user_turn, low_user_turn
