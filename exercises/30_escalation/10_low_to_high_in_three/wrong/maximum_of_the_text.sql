-- mistake: asks whether MAX(risk) of the three turns before and this one is 'high'; as text 'high' < 'low' < 'medium'
WITH user_turns AS (
    SELECT user_id, conversation_id, turn_index, risk,
        row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),
framed AS (
    SELECT *,
        max(risk) OVER reach AS worst,
        min(risk) OVER reach AS mildest,
        max(n) FILTER (WHERE risk = 'low') OVER reach AS low_n
    FROM user_turns
    WINDOW reach AS (PARTITION BY conversation_id ORDER BY n ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)
),
chosen AS (
    SELECT *
    FROM framed
    WHERE worst = 'high' AND mildest = 'low'
    QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY n) = 1
)
SELECT chosen.user_id, conversation_id, min(user_turns.turn_index) AS low_turn_index, chosen.turn_index AS high_turn_index,
    (chosen.n - low_n)::INTEGER AS user_turns_apart,
    list(coalesce(user_turns.risk, 'unlabelled') ORDER BY user_turns.n) AS path
FROM chosen
JOIN user_turns USING (conversation_id)
WHERE user_turns.n BETWEEN low_n AND chosen.n
GROUP BY ALL
