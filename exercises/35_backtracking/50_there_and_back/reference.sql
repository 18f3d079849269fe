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

-- Each assertion with all that was asserted on its matter so far, itself the last: feeds the detour.
so_far AS (
    SELECT *, list(value) OVER matter AS said, row_number() OVER matter AS number
    FROM asserted
    WINDOW matter AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
),

-- Each assertion beside the latest earlier turn that said the same on the matter.
beside AS (
    SELECT
        *,
        lag({'turn_index': turn_index, 'number': number}) OVER (
            PARTITION BY conversation_id, key, unit, comparable ORDER BY turn_index
        ) AS departure
    FROM so_far
)

-- What lies between the two is the detour; a mere repetition has nothing in between and is no return.
SELECT
    conversation_id,
    key,
    unit,
    departure.turn_index AS left_turn_index,
    turn_index AS return_turn_index,
    value,
    said[departure.number + 1 : -2] AS detour
FROM beside
WHERE departure.number < number - 1
