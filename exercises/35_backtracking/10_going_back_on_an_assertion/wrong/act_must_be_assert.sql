-- mistake: looks only at claims whose act is 'assert'; here the act does not matter
WITH assertions AS (
    SELECT conversation_id, turn_index, place, claim.key AS key, claim.unit AS unit, claim.value AS value,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR,
            lower(trim(claim.value))
        ) AS comparable
    FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
        AND claim.key IS NOT NULL AND trim(claim.value) <> '' AND claim.hedged IS NOT TRUE AND claim.act = 'assert'
),
asserted AS (
    SELECT *
    FROM assertions
    QUALIFY row_number() OVER (PARTITION BY conversation_id, turn_index, key, unit ORDER BY place DESC) = 1
),
beside AS (
    SELECT *,
        lag(turn_index) OVER earlier AS previous_turn_index,
        lag(value) OVER earlier AS previous_value,
        lag(comparable) OVER earlier AS previous_comparable
    FROM asserted
    WINDOW earlier AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
)
SELECT conversation_id, key, unit, previous_turn_index AS from_turn_index, turn_index AS to_turn_index,
    previous_value AS from_value, value AS to_value,
    row_number() OVER (PARTITION BY conversation_id, key, unit ORDER BY turn_index)::INTEGER AS change_no
FROM beside
WHERE comparable <> previous_comparable
