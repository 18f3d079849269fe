-- mistake: leaves out a low turn exactly 24 hours before
WITH placed AS (
    SELECT user_id, conversation_id, turn_index, risk, created_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
pairs AS (
    SELECT h.user_id, h.conversation_id, h.turn_index, h.created_at AS high_at,
        max(l.created_at) AS last_low_at,
        count(DISTINCT l.conversation_id)::INTEGER AS low_conversations,
        bool_or(l.conversation_id = h.conversation_id) AS also_here
    FROM placed AS h
    JOIN placed AS l
        ON l.user_id = h.user_id AND l.created_at < h.created_at AND h.created_at - l.created_at < INTERVAL 24 HOURS
    WHERE h.risk = 'high' AND l.risk = 'low'
    GROUP BY ALL
)
SELECT user_id, conversation_id, turn_index, high_at, last_low_at, low_conversations
FROM pairs
WHERE NOT also_here
QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY high_at, turn_index) = 1
