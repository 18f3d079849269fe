-- No lag: each assertion is joined to the greatest earlier turn that asserts the same matter.
WITH places AS (
    SELECT conversation_id, turn_index, claims, unnest(range(1, len(claims) + 1)) AS i
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),
spoken AS (
    SELECT conversation_id, turn_index, i, claims[i].key AS key, claims[i].unit AS unit, claims[i].value AS value
    FROM places
    WHERE claims[i].key IS NOT NULL AND length(trim(claims[i].value)) > 0 AND coalesce(claims[i].hedged, false) = false
),
said AS (
    SELECT conversation_id, turn_index, key, unit, arg_max(value, i) AS value,
        trim(arg_max(value, i)) AS plain,
        TRY_CAST(replace(trim(arg_max(value, i)), ',', '') AS DECIMAL(18, 6)) AS number
    FROM spoken
    GROUP BY ALL
),
pairs AS (
    SELECT b.*, (
        SELECT max(a.turn_index)
        FROM said AS a
        WHERE a.conversation_id = b.conversation_id AND a.key = b.key
            AND a.unit IS NOT DISTINCT FROM b.unit AND a.turn_index < b.turn_index
    ) AS from_turn_index
    FROM said AS b
),
changes AS (
    SELECT b.conversation_id, b.key, b.unit, b.from_turn_index, b.turn_index AS to_turn_index,
        a.value AS from_value, b.value AS to_value
    FROM pairs AS b
    JOIN said AS a
        ON a.conversation_id = b.conversation_id AND a.key = b.key AND a.unit IS NOT DISTINCT FROM b.unit
        AND a.turn_index = b.from_turn_index
    WHERE CASE
        WHEN a.number IS NOT NULL AND b.number IS NOT NULL THEN a.number <> b.number
        ELSE lower(a.plain) <> lower(b.plain)
    END
)
SELECT *, count(*) OVER (PARTITION BY conversation_id, key, unit ORDER BY to_turn_index)::INTEGER AS change_no
FROM changes
