-- mistake: numbers a user's turns across all conversations, so turns of two conversations make an escalation
WITH user_turns AS (
    SELECT user_id, conversation_id, turn_index, risk,
        row_number() OVER (PARTITION BY user_id ORDER BY created_at, conversation_id, turn_index) AS n
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),
looked_back AS (
    SELECT *,
        max(n) FILTER (WHERE risk = 'low') OVER (
            PARTITION BY user_id ORDER BY n ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING
        ) AS low_n
    FROM user_turns
),
chosen AS (
    SELECT *
    FROM looked_back
    WHERE risk = 'high' AND low_n IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY n) = 1
)
SELECT chosen.user_id, chosen.conversation_id,
    arg_min(user_turns.turn_index, user_turns.n) AS low_turn_index, chosen.turn_index AS high_turn_index,
    (chosen.n - chosen.low_n)::INTEGER AS user_turns_apart,
    list(coalesce(user_turns.risk, 'unlabelled') ORDER BY user_turns.n) AS path
FROM chosen
JOIN user_turns ON user_turns.user_id = chosen.user_id AND user_turns.n BETWEEN chosen.low_n AND chosen.n
GROUP BY chosen.user_id, chosen.conversation_id, chosen.turn_index, chosen.n, chosen.low_n
