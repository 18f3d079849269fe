-- The conversion as a CASE; the latest earlier assertion by a self-join.
WITH places AS (
    SELECT conversation_id, turn_index, claims, unnest(range(1, len(claims) + 1)) AS i
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),
spoken AS (
    SELECT conversation_id, turn_index, i, claims[i].key AS key, claims[i].unit AS unit,
        try_cast(trim(replace(claims[i].value, ',', '')) AS DECIMAL(18, 6)) AS number
    FROM places
    WHERE claims[i].key IS NOT NULL AND (claims[i].hedged IS NULL OR NOT claims[i].hedged)
),
measured AS (
    SELECT conversation_id, turn_index, i, key,
        CASE unit WHEN 'km' THEN 'm' WHEN 'l' THEN 'ml' WHEN 'g' THEN 'mg' WHEN 'km/s' THEN 'm/s'
            WHEN 'thousand EUR' THEN 'EUR' WHEN 'hours' THEN 'minutes' WHEN 'days' THEN 'minutes'
            WHEN 'weeks' THEN 'minutes' ELSE unit END AS measure,
        number * CASE WHEN unit IN ('km', 'l', 'g', 'km/s', 'thousand EUR') THEN 1000
            WHEN unit = 'hours' THEN 60 WHEN unit = 'days' THEN 24 * 60 WHEN unit = 'weeks' THEN 7 * 24 * 60 ELSE 1 END AS n
    FROM spoken
    WHERE number IS NOT NULL
),
said AS (
    SELECT conversation_id, turn_index, key, measure, arg_max(n, i) AS n
    FROM measured
    GROUP BY ALL
),
pairs AS (
    SELECT b.conversation_id, b.key, b.measure, b.turn_index AS to_turn_index, any_value(b.n) AS to_n,
        max(a.turn_index) AS from_turn_index, arg_max(a.n, a.turn_index) AS from_n
    FROM said AS b
    JOIN said AS a
        ON a.conversation_id = b.conversation_id AND a.key = b.key AND a.measure IS NOT DISTINCT FROM b.measure
        AND a.turn_index < b.turn_index
    GROUP BY b.conversation_id, b.key, b.measure, b.turn_index
)
SELECT conversation_id, key, measure, from_turn_index, to_turn_index, from_n::DOUBLE AS from_value, to_n::DOUBLE AS to_value
FROM pairs
WHERE from_n <> to_n
