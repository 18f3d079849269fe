-- mistake: compares only with the answer directly before, which may be silent on the matter
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
answers AS (
    SELECT conversation_id, turn_index, lag(turn_index) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS before
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
)
SELECT b.conversation_id, b.key, b.unit, a.turn_index AS from_turn_index, b.turn_index AS to_turn_index,
    a.value AS from_value, b.value AS to_value,
    row_number() OVER (PARTITION BY b.conversation_id, b.key, b.unit ORDER BY b.turn_index)::INTEGER AS change_no
FROM asserted AS b
JOIN answers USING (conversation_id, turn_index)
JOIN asserted AS a
    ON a.conversation_id = b.conversation_id AND a.turn_index = answers.before
    AND a.key = b.key AND a.unit IS NOT DISTINCT FROM b.unit
WHERE a.comparable <> b.comparable
