-- All assertions on one matter as a sorted list; neighbours in the list are compared.
WITH unfolded AS (
    SELECT conversation_id, turn_index, place, claim
    FROM turns, unnest(claims) WITH ORDINALITY AS u (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),
per_turn AS (
    SELECT conversation_id, turn_index, claim.key AS key, claim.unit AS unit,
        last(claim.value ORDER BY place) AS value
    FROM unfolded
    WHERE claim.key IS NOT NULL AND nullif(trim(claim.value), '') IS NOT NULL AND claim.hedged IS DISTINCT FROM true
    GROUP BY ALL
),
listed AS (
    SELECT conversation_id, key, unit,
        list({
            'turn': turn_index,
            'value': value,
            'same': ifnull(CAST(try_cast(replace(trim(value), ',', '') AS DECIMAL(18, 6)) AS VARCHAR), lower(trim(value)))
        } ORDER BY turn_index) AS said
    FROM per_turn
    GROUP BY ALL
),
turning AS (
    SELECT *, list_filter(range(2, len(said) + 1), lambda i: said[i].same <> said[i - 1].same) AS points
    FROM listed
),
numbered AS (
    SELECT conversation_id, key, unit, said, unnest(points) AS i, unnest(range(1, len(points) + 1)) AS change_no
    FROM turning
)
SELECT conversation_id, key, unit,
    said[i - 1].turn AS from_turn_index, said[i].turn AS to_turn_index,
    said[i - 1].value AS from_value, said[i].value AS to_value,
    change_no
FROM numbered
