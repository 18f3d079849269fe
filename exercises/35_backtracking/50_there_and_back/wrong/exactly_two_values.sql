-- mistake: asks for two distinct values on the matter, so a detour over two others is missed
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
beside AS (
    SELECT *,
        lag(comparable) OVER (PARTITION BY conversation_id, key, unit ORDER BY turn_index) AS previous_comparable,
        lag(turn_index) OVER (PARTITION BY conversation_id, key, unit, comparable ORDER BY turn_index) AS left_turn_index
    FROM asserted
)
SELECT b.conversation_id, b.key, b.unit, b.left_turn_index, b.turn_index AS return_turn_index, b.value,
    list(m.value ORDER BY m.turn_index) AS detour
FROM beside AS b
JOIN asserted AS m
    ON m.conversation_id = b.conversation_id AND m.key = b.key AND m.unit IS NOT DISTINCT FROM b.unit
    AND m.turn_index > b.left_turn_index AND m.turn_index < b.turn_index
WHERE b.comparable <> b.previous_comparable
    AND (
        SELECT count(DISTINCT l.comparable) FROM asserted AS l
        WHERE l.conversation_id = b.conversation_id AND l.key = b.key AND l.unit IS NOT DISTINCT FROM b.unit
    ) = 2
GROUP BY ALL
