-- The definition sentence by sentence: exists elsewhere, does not exist here, nothing earlier qualifies.
WITH t AS (
    SELECT user_id, conversation_id AS c, turn_index, risk, epoch_us(created_at) AS us, created_at
    FROM turns
    WHERE role = 'user' AND created_at IS NOT NULL AND conversation_id IS NOT NULL AND user_id IS NOT NULL
),
lows AS (SELECT user_id, c, us FROM t WHERE risk = 'low'),
found AS (
    SELECT *
    FROM t
    WHERE risk = 'high'
        AND EXISTS (
            SELECT 1 FROM lows WHERE lows.user_id = t.user_id AND lows.c <> t.c AND t.us - lows.us BETWEEN 1 AND 86400000000
        )
        AND NOT EXISTS (
            SELECT 1 FROM lows WHERE lows.user_id = t.user_id AND lows.c = t.c AND t.us - lows.us BETWEEN 1 AND 86400000000
        )
),
first_ones AS (
    SELECT c, min({'at': us, 'turn_index': turn_index}) AS pick
    FROM found
    GROUP BY c
)
SELECT found.user_id, found.c AS conversation_id, found.turn_index, found.created_at AS high_at,
    make_timestamptz(max(lows.us)) AS last_low_at, count(DISTINCT lows.c)::INTEGER AS low_conversations
FROM found
JOIN first_ones ON first_ones.c = found.c AND first_ones.pick.turn_index = found.turn_index
JOIN lows ON lows.user_id = found.user_id AND lows.us < found.us AND lows.us >= found.us - 86400000000
GROUP BY ALL
