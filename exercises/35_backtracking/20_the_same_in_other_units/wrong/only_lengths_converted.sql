-- mistake: converts lengths only, and none of the other units in the table
WITH units (unit, measure, factor) AS (
    VALUES ('km', 'm', 1000)
),
converted AS (
    SELECT conversation_id, turn_index, place, claim.key AS key, claim.unit AS unit,
        coalesce(units.measure, claim.unit) AS measure,
        try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6)) * coalesce(units.factor, 1) AS amount
    FROM (
        SELECT conversation_id, turn_index, role, claim, place
        FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    ) AS listed
    LEFT JOIN units ON units.unit = claim.unit
    WHERE role = 'assistant' AND conversation_id IS NOT NULL AND claim.key IS NOT NULL AND claim.hedged IS NOT TRUE
),
asserted AS (
    SELECT *
    FROM converted
    WHERE amount IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY conversation_id, turn_index, key, measure ORDER BY place DESC) = 1
),
beside AS (
    SELECT *, lag(turn_index) OVER earlier AS from_turn_index, lag(amount) OVER earlier AS previous_amount
    FROM asserted
    WINDOW earlier AS (PARTITION BY conversation_id, key, measure ORDER BY turn_index)
)
SELECT conversation_id, key, measure, from_turn_index, turn_index AS to_turn_index,
    previous_amount::DOUBLE AS from_value, amount::DOUBLE AS to_value
FROM beside
WHERE amount <> previous_amount
