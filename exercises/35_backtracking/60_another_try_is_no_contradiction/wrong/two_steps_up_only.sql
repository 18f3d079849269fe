-- mistake: takes the parent's parent for the previous answer: tools and follow-ups make the way longer
WITH RECURSIVE messages AS (
    SELECT message_id, any_value(parent_message_id) AS parent_message_id, any_value(role) AS role,
        any_value(claims) AS claims
    FROM message_events
    GROUP BY message_id
),
asserted AS (
    SELECT message_id, claim.key AS key, claim.unit AS unit, claim.value AS value,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR, lower(trim(claim.value))
        ) AS comparable
    FROM messages, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND claim.key IS NOT NULL AND trim(claim.value) <> '' AND claim.hedged IS NOT TRUE
    QUALIFY row_number() OVER (PARTITION BY message_id, claim.key, claim.unit ORDER BY place DESC) = 1
),
up AS (
    SELECT message_id, parent_message_id AS above, 1 AS steps, [message_id] AS way
    FROM messages
    UNION ALL
    SELECT up.message_id, m.parent_message_id, steps + 1, list_append(way, m.message_id)
    FROM up
    JOIN messages AS m ON m.message_id = up.above
    WHERE NOT list_contains(way, m.message_id)
),
pairs AS (
    SELECT a.message_id AS from_message_id, b.message_id AS to_message_id, b.key, b.unit, a.value AS from_value,
        b.value AS to_value, a.comparable AS was, b.comparable AS is_now, steps
    FROM asserted AS b
    JOIN up ON up.message_id = b.message_id
    JOIN asserted AS a ON a.message_id = up.above AND a.key = b.key AND a.unit IS NOT DISTINCT FROM b.unit
    WHERE NOT list_contains(way, above) AND steps = 2
    QUALIFY row_number() OVER (PARTITION BY b.message_id, b.key, b.unit ORDER BY steps) = 1
)
SELECT from_message_id, to_message_id, key, unit, from_value, to_value, steps::INTEGER AS steps_up
FROM pairs
WHERE was <> is_now
