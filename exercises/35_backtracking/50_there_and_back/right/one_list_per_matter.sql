-- All assertions of a matter as one list; a return is a place that equals an earlier place but not the last one.
WITH per_turn AS (
    SELECT conversation_id, turn_index, claim.key AS key, claim.unit AS unit, last(claim.value ORDER BY place) AS value
    FROM turns, unnest(claims) WITH ORDINALITY AS u (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
        AND claim.key IS NOT NULL AND trim(claim.value) <> '' AND coalesce(claim.hedged, false) = false
    GROUP BY ALL
),
listed AS (
    SELECT conversation_id, key, unit,
        list(turn_index ORDER BY turn_index) AS places,
        list(value ORDER BY turn_index) AS said,
        list(coalesce(
            try_cast(replace(trim(value), ',', '') AS DECIMAL(18, 6))::VARCHAR, lower(trim(value))
        ) ORDER BY turn_index) AS same
    FROM per_turn
    GROUP BY ALL
),
numbered AS (
    SELECT *, unnest(range(3, len(same) + 1)) AS i
    FROM listed
),
found AS (
    SELECT *, list_max(list_filter(range(1, i), lambda j: same[j] = same[i])) AS j
    FROM numbered
    WHERE same[i] <> same[i - 1]
)
SELECT conversation_id, key, unit, places[j] AS left_turn_index, places[i] AS return_turn_index, said[i] AS value,
    said[j + 1:i - 1] AS detour
FROM found
WHERE j IS NOT NULL
