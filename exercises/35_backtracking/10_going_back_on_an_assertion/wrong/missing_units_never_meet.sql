-- mistake: joins on unit = unit, which is never true where the unit is NULL
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
),
pairs AS (
    SELECT b.*, a.turn_index AS from_turn_index, a.value AS from_value, a.comparable AS from_comparable
    FROM asserted AS b
    JOIN asserted AS a
        ON a.conversation_id = b.conversation_id AND a.key = b.key AND a.unit = b.unit AND a.turn_index < b.turn_index
    QUALIFY row_number() OVER (
        PARTITION BY b.conversation_id, b.key, b.unit, b.turn_index ORDER BY a.turn_index DESC
    ) = 1
)
SELECT conversation_id, key, unit, from_turn_index, turn_index AS to_turn_index, from_value, value AS to_value,
    row_number() OVER (PARTITION BY conversation_id, key, unit ORDER BY turn_index)::INTEGER AS change_no
FROM pairs
WHERE comparable <> from_comparable
