-- The table of units as a map; one sorted list per matter, changes by place.
WITH said AS (
    SELECT conversation_id, turn_index, place, claim.key AS key,
        coalesce(MAP {'km': 'm', 'l': 'ml', 'g': 'mg', 'km/s': 'm/s', 'thousand EUR': 'EUR', 'hours': 'minutes',
            'days': 'minutes', 'weeks': 'minutes'}[claim.unit], claim.unit) AS measure,
        try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))
            * coalesce(MAP {'hours': 60, 'days': 1440, 'weeks': 10080, 'km': 1000, 'l': 1000, 'g': 1000, 'km/s': 1000,
                'thousand EUR': 1000}[claim.unit], 1) AS n
    FROM turns, unnest(claims) WITH ORDINALITY AS u (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL AND claim.key IS NOT NULL
        AND coalesce(claim.hedged, false) = false
),
per_turn AS (
    SELECT conversation_id, turn_index, key, measure, last(n ORDER BY place) AS n
    FROM said
    WHERE n IS NOT NULL
    GROUP BY ALL
),
listed AS (
    SELECT conversation_id, key, measure, list({'turn': turn_index, 'n': n} ORDER BY turn_index) AS history
    FROM per_turn
    GROUP BY ALL
),
stepped AS (
    SELECT *, unnest(list_filter(range(2, len(history) + 1), lambda i: history[i].n <> history[i - 1].n)) AS i
    FROM listed
)
SELECT conversation_id, key, measure, history[i - 1].turn AS from_turn_index, history[i].turn AS to_turn_index,
    history[i - 1].n::DOUBLE AS from_value, history[i].n::DOUBLE AS to_value
FROM stepped
