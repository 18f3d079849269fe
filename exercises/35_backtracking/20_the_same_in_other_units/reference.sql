WITH
-- What is converted, into what, and by which factor; a unit that is not listed is a measure of its own.
units (unit, measure, factor) AS (
    VALUES
        ('km', 'm', 1000),
        ('l', 'ml', 1000),
        ('g', 'mg', 1000),
        ('km/s', 'm/s', 1000),
        ('thousand EUR', 'EUR', 1000),
        ('hours', 'minutes', 60),
        ('days', 'minutes', 1440),
        ('weeks', 'minutes', 10080)
),

-- The claims of answers with their place in the list; a value that is no number is NULL.
unfolded AS (
    SELECT
        conversation_id,
        message_id,
        turn_index,
        place,
        claim.key AS key,
        claim.unit AS unit,
        try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6)) AS number
    FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL AND claim.key IS NOT NULL AND claim.hedged IS NOT TRUE
),

-- The assertions in their measure: feeds the choice of the last one per turn, which may come in another unit.
converted AS (
    SELECT
        unfolded.conversation_id,
        unfolded.message_id,
        unfolded.turn_index,
        unfolded.place,
        unfolded.key,
        coalesce(units.measure, unfolded.unit) AS measure,
        unfolded.number * coalesce(units.factor, 1) AS amount
    FROM unfolded
    LEFT JOIN units ON units.unit = unfolded.unit
    WHERE unfolded.number IS NOT NULL
),

-- What each turn asserts in the end: the last number per key and measure.
asserted AS (
    SELECT conversation_id, turn_index, key, measure, amount
    FROM converted
    QUALIFY rank() OVER (PARTITION BY message_id, key, measure ORDER BY place DESC) = 1
),

-- Each assertion beside the latest earlier one in the same measure.
beside AS (
    SELECT
        *,
        lag({'turn_index': turn_index, 'amount': amount}) OVER (
            PARTITION BY conversation_id, key, measure ORDER BY turn_index
        ) AS previous
    FROM asserted
)

-- The first assertion in a measure has none before it: its comparison is NULL, and the row goes.
SELECT
    conversation_id,
    key,
    measure,
    previous.turn_index AS from_turn_index,
    turn_index AS to_turn_index,
    previous.amount::DOUBLE AS from_value,
    amount::DOUBLE AS to_value
FROM beside
WHERE amount <> previous.amount
