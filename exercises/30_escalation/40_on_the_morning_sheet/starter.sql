-- High turns after a low one, by today's labels. What could be read at 06:00?
SELECT
    high.created_at::DATE::TIMESTAMPTZ + INTERVAL 30 HOURS AS sheet_at,
    high.conversation_id,
    max(low.turn_index) AS low_turn_index,
    high.turn_index AS high_turn_index
FROM turns AS high
JOIN turns AS low ON low.conversation_id = high.conversation_id AND low.turn_index < high.turn_index
WHERE high.role = 'user' AND low.role = 'user' AND high.risk = 'high' AND low.risk = 'low'
GROUP BY ALL
