-- The other direction: from every assertion down through its descendants, until they say something on the matter.
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
down AS (
    SELECT a.message_id AS from_message_id, a.key, a.unit, a.value AS from_value, a.comparable AS was,
        m.message_id AS at, 1 AS steps, [a.message_id] AS way
    FROM asserted AS a
    JOIN messages AS m ON m.parent_message_id = a.message_id
    UNION ALL
    SELECT d.from_message_id, d.key, d.unit, d.from_value, d.was, m.message_id, d.steps + 1, list_append(d.way, d.at)
    FROM down AS d
    JOIN messages AS m ON m.parent_message_id = d.at
    LEFT JOIN asserted AS s ON s.message_id = d.at AND s.key = d.key AND s.unit IS NOT DISTINCT FROM d.unit
    WHERE s.message_id IS NULL AND NOT list_contains(d.way, d.at)
)
SELECT d.from_message_id, d.at AS to_message_id, d.key, d.unit, d.from_value, s.value AS to_value,
    d.steps::INTEGER AS steps_up
FROM down AS d
JOIN asserted AS s ON s.message_id = d.at AND s.key = d.key AND s.unit IS NOT DISTINCT FROM d.unit
WHERE s.comparable <> d.was
