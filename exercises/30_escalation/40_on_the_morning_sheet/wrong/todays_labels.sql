-- mistake: reads turns.risk, which holds what is known today: hindsight
WITH asked AS (
    SELECT conversation_id, turn_index, risk,
        date_trunc('day', created_at - INTERVAL 6 HOURS) + INTERVAL 30 HOURS AS sheet_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
)
SELECT h.sheet_at, h.conversation_id, max(l.turn_index) AS low_turn_index, h.turn_index AS high_turn_index
FROM asked AS h
JOIN asked AS l ON l.conversation_id = h.conversation_id AND l.turn_index < h.turn_index
WHERE h.sheet_at IS NOT NULL AND h.risk = 'high' AND l.risk = 'low'
GROUP BY ALL
