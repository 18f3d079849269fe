-- Assertions on one matter are numbered; each is joined to the one numbered before it.
WITH claims_of_answers AS (
    SELECT conversation_id, turn_index,
        unnest(claims) AS c,
        unnest(range(len(claims))) AS i
    FROM (SELECT * FROM turns WHERE role = 'assistant' AND conversation_id IS NOT NULL AND len(claims) > 0)
),
last_in_turn AS (
    SELECT DISTINCT ON (conversation_id, turn_index, c.key, c.unit)
        conversation_id, turn_index, c.key AS key, c.unit AS unit, c.value AS value
    FROM claims_of_answers
    WHERE c.key IS NOT NULL AND c.value IS NOT NULL AND trim(c.value) <> '' AND (c.hedged IS NULL OR NOT c.hedged)
    ORDER BY conversation_id, turn_index, c.key, c.unit, i DESC
),
numbered AS (
    SELECT *, coalesce('=' || unit, 'none') AS unit_name,
        row_number() OVER (PARTITION BY conversation_id, key, unit ORDER BY turn_index) AS n,
        replace(trim(value), ',', '') AS bare
    FROM last_in_turn
)
SELECT b.conversation_id, b.key, b.unit,
    a.turn_index AS from_turn_index, b.turn_index AS to_turn_index,
    a.value AS from_value, b.value AS to_value,
    row_number() OVER (PARTITION BY b.conversation_id, b.key, b.unit_name ORDER BY b.turn_index) AS change_no
FROM numbered AS a
JOIN numbered AS b
    ON b.conversation_id = a.conversation_id AND b.key = a.key AND b.unit_name = a.unit_name AND b.n = a.n + 1
WHERE (TRY_CAST(a.bare AS DECIMAL(18, 6)) = TRY_CAST(b.bare AS DECIMAL(18, 6))) IS NOT TRUE
    AND lower(trim(a.value)) <> lower(trim(b.value))
