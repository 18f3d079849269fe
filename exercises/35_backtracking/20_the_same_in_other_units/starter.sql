-- Numbers that differ from the ones before, unit by unit. Which of them say the same, and which are never compared?
WITH numbers AS (
    SELECT conversation_id, turn_index, key, unit, try_cast(value AS DECIMAL(18, 6)) AS number
    FROM (
        SELECT conversation_id, turn_index, unnest(claims, recursive := true)
        FROM turns
        WHERE role = 'assistant' AND conversation_id IS NOT NULL
    ) AS claims_made
)
SELECT
    conversation_id,
    key,
    unit AS measure,
    lag(turn_index) OVER earlier AS from_turn_index,
    turn_index AS to_turn_index,
    lag(number::DOUBLE) OVER earlier AS from_value,
    number::DOUBLE AS to_value
FROM numbers
WHERE key IS NOT NULL
WINDOW earlier AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
QUALIFY number <> lag(number) OVER earlier
