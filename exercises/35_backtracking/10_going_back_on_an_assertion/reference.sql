WITH
-- One row per claim of an answer, with its place in the list: feeds the choice of what a turn asserts.
unfolded AS (
    SELECT conversation_id, turn_index, unnest(claims) AS claim, generate_subscripts(claims, 1) AS place
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),

-- The claims that are assertions, with the value in the form in which equal values look equal.
assertions AS (
    SELECT
        conversation_id,
        turn_index,
        place,
        claim.key AS key,
        claim.unit AS unit,
        claim.value AS value,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR,
            lower(trim(claim.value))
        ) AS comparable
    FROM unfolded
    WHERE claim.key IS NOT NULL AND trim(claim.value) <> '' AND claim.hedged IS NOT TRUE
),

-- What each turn asserts in the end: its last assertion per key and unit.
asserted AS (
    SELECT conversation_id, turn_index, key, unit, value, comparable
    FROM assertions
    QUALIFY row_number() OVER (PARTITION BY conversation_id, turn_index, key, unit ORDER BY place DESC) = 1
),

-- Each assertion beside the latest earlier one on the same matter: feeds the comparison.
beside AS (
    SELECT
        *,
        lag(turn_index) OVER earlier AS previous_turn_index,
        lag(value) OVER earlier AS previous_value,
        lag(comparable) OVER earlier AS previous_comparable
    FROM asserted
    WINDOW earlier AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
)

SELECT
    conversation_id,
    key,
    unit,
    previous_turn_index AS from_turn_index,
    turn_index AS to_turn_index,
    previous_value AS from_value,
    value AS to_value,
    row_number() OVER (PARTITION BY conversation_id, key, unit ORDER BY turn_index)::INTEGER AS change_no
FROM beside
WHERE previous_turn_index IS NOT NULL AND comparable <> previous_comparable
