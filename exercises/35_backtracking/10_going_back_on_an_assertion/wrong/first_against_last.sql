-- mistake: compares only the first with the last assertion, so A, B, A is no change at all
WITH assertions AS (
    SELECT conversation_id, turn_index, place, claim.key AS key, claim.unit AS unit, claim.value AS value,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR,
            lower(trim(claim.value))
        ) AS comparable
    FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
        AND claim.key IS NOT NULL AND trim(claim.value) <> '' AND claim.hedged IS NOT TRUE
),
asserted AS (
    SELECT *
    FROM assertions
    QUALIFY row_number() OVER (PARTITION BY conversation_id, turn_index, key, unit ORDER BY place DESC) = 1
)
SELECT conversation_id, key, unit,
    min(turn_index) AS from_turn_index, max(turn_index) AS to_turn_index,
    arg_min(value, turn_index) AS from_value, arg_max(value, turn_index) AS to_value,
    1::INTEGER AS change_no
FROM asserted
GROUP BY conversation_id, key, unit
HAVING arg_min(comparable, turn_index) <> arg_max(comparable, turn_index)
