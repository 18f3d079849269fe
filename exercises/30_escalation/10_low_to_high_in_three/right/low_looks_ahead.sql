-- Stands on the low turns and looks ahead for a high one, then keeps the earliest high and the latest low for it.
WITH numbered AS (
    SELECT user_id, conversation_id, turn_index, risk,
        count(*) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS n
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),
ahead AS (
    SELECT *,
        min(CASE WHEN risk = 'high' THEN n END) OVER (
            PARTITION BY conversation_id ORDER BY n ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING
        ) AS high_n
    FROM numbered
),
best AS (
    SELECT conversation_id, min({'high_n': high_n, 'minus_low_n': -n}) AS pair
    FROM ahead
    WHERE risk = 'low' AND high_n IS NOT NULL
    GROUP BY conversation_id
)
SELECT
    any_value(numbered.user_id) AS user_id,
    conversation_id,
    min(turn_index) AS low_turn_index,
    max(turn_index) AS high_turn_index,
    (count(*) - 1)::INTEGER AS user_turns_apart,
    list(CASE WHEN risk IS NULL THEN 'unlabelled' ELSE risk END ORDER BY n) AS path
FROM best
JOIN numbered USING (conversation_id)
WHERE n BETWEEN -pair.minus_low_n AND pair.high_n
GROUP BY conversation_id
