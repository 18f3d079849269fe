WITH user_turns AS (
    SELECT conversation_id, coalesce(risk, 'low') AS risk,
        row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index)::INTEGER AS n
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
)
SELECT count(DISTINCT high.conversation_id) AS at_least, count(DISTINCT high.conversation_id) AS at_most
FROM user_turns AS high
JOIN user_turns AS low ON low.conversation_id = high.conversation_id AND high.n - low.n BETWEEN 1 AND 3
WHERE high.risk = 'high' AND low.risk = 'low'
