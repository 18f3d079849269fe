-- Matters that begin and end with the same text. What about those that came back and left again?
WITH said AS (
    SELECT conversation_id, turn_index, unnest(claims, recursive := true)
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
)
SELECT
    conversation_id,
    key,
    unit,
    min(turn_index) AS left_turn_index,
    max(turn_index) AS return_turn_index,
    arg_max(value, turn_index) AS value,
    list(value ORDER BY turn_index) AS detour
FROM said
WHERE key IS NOT NULL AND value IS NOT NULL
GROUP BY conversation_id, key, unit
HAVING arg_min(value, turn_index) = arg_max(value, turn_index) AND count(DISTINCT value) = 2
