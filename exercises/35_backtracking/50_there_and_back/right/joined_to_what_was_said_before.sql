-- Every assertion is joined to all earlier ones on its matter; the group knows whether the last differs and one is equal.
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
    SELECT b.conversation_id, b.key, b.unit, b.turn_index, b.value, b.comparable,
        max(a.turn_index) FILTER (WHERE a.comparable = b.comparable) AS left_turn_index,
        max(a.turn_index) AS previous_turn_index,
        list({'turn': a.turn_index, 'value': a.value} ORDER BY a.turn_index) AS before
    FROM asserted AS b
    JOIN asserted AS a
        ON (a.conversation_id, a.key) = (b.conversation_id, b.key) AND a.unit IS NOT DISTINCT FROM b.unit
        AND a.turn_index < b.turn_index
    GROUP BY ALL
)
SELECT conversation_id, key, unit, left_turn_index, turn_index AS return_turn_index, value,
    list_transform(list_filter(before, lambda x: x.turn > left_turn_index), lambda x: x.value) AS detour
FROM pairs
WHERE left_turn_index < previous_turn_index
