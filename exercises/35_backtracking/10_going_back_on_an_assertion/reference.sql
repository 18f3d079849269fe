WITH
-- One row per claim of an answer, with its place in the list: feeds the choice of what a turn asserts.
unfolded AS (
    SELECT
        conversation_id,
        message_id,
        turn_index,
        place,
        claim.key AS key,
        claim.unit AS unit,
        claim.value AS value,
        claim.hedged AS hedged
    FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),

-- What each turn asserts in the end, its last assertion per key and unit, in a form in which equal values look equal.
-- WHERE comes first: the last assertion is not the last claim.
asserted AS (
    SELECT
        conversation_id,
        turn_index,
        key,
        unit,
        value,
        coalesce(try_cast(replace(trim(value), ',', '') AS DECIMAL(18, 6))::VARCHAR, lower(trim(value))) AS comparable
    FROM unfolded
    WHERE key IS NOT NULL AND trim(value) <> '' AND hedged IS NOT TRUE
    QUALIFY rank() OVER (PARTITION BY message_id, key, unit ORDER BY place DESC) = 1
),

-- Each assertion beside the latest earlier one on the same matter: feeds the comparison.
beside AS (
    SELECT
        *,
        lag({'turn_index': turn_index, 'value': value, 'comparable': comparable}) OVER (
            PARTITION BY conversation_id, key, unit ORDER BY turn_index
        ) AS previous
    FROM asserted
)

-- The first assertion on a matter has none before it: its comparison is NULL, and the row goes.
SELECT
    conversation_id,
    key,
    unit,
    previous.turn_index AS from_turn_index,
    turn_index AS to_turn_index,
    previous.value AS from_value,
    value AS to_value,
    rank() OVER (PARTITION BY conversation_id, key, unit ORDER BY turn_index)::INTEGER AS change_no
FROM beside
WHERE comparable <> previous.comparable
