-- mistake: compares with the user's previous turn only; anything may lie between
WITH placed AS (
    SELECT user_id, conversation_id, turn_index, risk, created_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
previous AS (
    SELECT *, lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at, conversation_id, turn_index) AS before_it
    FROM placed
),
pairs AS (
    SELECT h.user_id, h.conversation_id, h.turn_index, h.created_at AS high_at,
        max(l.created_at) AS last_low_at,
        count(DISTINCT l.conversation_id)::INTEGER AS low_conversations,
        bool_or(l.conversation_id = h.conversation_id) AS also_here
    FROM previous AS h
    JOIN placed AS l
        ON l.user_id = h.user_id AND l.created_at < h.created_at AND h.created_at - l.created_at <= INTERVAL 24 HOURS
    WHERE l.created_at = h.before_it AND h.risk = 'high' AND l.risk = 'low'
    GROUP BY ALL
)
SELECT user_id, conversation_id, turn_index, high_at, last_low_at, low_conversations
FROM pairs
WHERE NOT also_here
QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY high_at, turn_index) = 1
