WITH
-- The claims that are assertions, each with its place in the list and its value in a form in which equal looks equal.
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
    FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE
        role = 'assistant'
        AND conversation_id IS NOT NULL
        AND claim.key IS NOT NULL
        AND trim(claim.value) <> ''
        AND claim.hedged IS NOT TRUE
),

-- What each turn asserts in the end: its last assertion per key and unit.
asserted AS (
    SELECT conversation_id, turn_index, key, unit, value, comparable
    FROM assertions
    QUALIFY row_number() OVER (PARTITION BY conversation_id, turn_index, key, unit ORDER BY place DESC) = 1
),

-- Each assertion beside the latest earlier turn that said the same on the matter.
beside AS (
    SELECT *, lag(turn_index) OVER of_the_value AS left_turn_index
    FROM asserted
    WINDOW of_the_value AS (PARTITION BY conversation_id, key, unit, comparable ORDER BY turn_index)
)

-- What lies between the two is the detour; a mere repetition has nothing in between and finds no partner.
SELECT
    beside.conversation_id,
    beside.key,
    beside.unit,
    beside.left_turn_index,
    beside.turn_index AS return_turn_index,
    beside.value,
    list(between_them.value ORDER BY between_them.turn_index) AS detour
FROM beside
JOIN asserted AS between_them
    ON between_them.conversation_id = beside.conversation_id
    AND between_them.key = beside.key
    AND between_them.unit IS NOT DISTINCT FROM beside.unit
    AND between_them.turn_index > beside.left_turn_index
    AND between_them.turn_index < beside.turn_index
GROUP BY beside.conversation_id, beside.key, beside.unit, beside.left_turn_index, beside.turn_index, beside.value
