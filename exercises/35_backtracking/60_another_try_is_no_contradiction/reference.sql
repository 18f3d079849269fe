WITH RECURSIVE
-- One row per message: its deliveries agree on everything that is used here.
messages AS (
    SELECT
        message_id,
        any_value(parent_message_id) AS parent_message_id,
        any_value(role) AS role,
        any_value(claims) AS claims
    FROM message_events
    GROUP BY message_id
),

-- What each message asserts in the end per key and unit, with its value in a form in which equal looks equal.
asserted AS (
    SELECT
        message_id,
        claim.key AS key,
        claim.unit AS unit,
        claim.value AS value,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR,
            lower(trim(claim.value))
        ) AS comparable
    FROM messages, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND claim.key IS NOT NULL AND trim(claim.value) <> '' AND claim.hedged IS NOT TRUE
    QUALIFY row_number() OVER (PARTITION BY message_id, claim.key, claim.unit ORDER BY place DESC) = 1
),

-- From every assertion up the tree, one message at a time, until an ancestor says something on the matter. `seen`
-- ends the walk in a cycle, a parent that is not in the log ends it by itself.
walk AS (
    SELECT
        asserted.message_id,
        asserted.key,
        asserted.unit,
        messages.parent_message_id AS ancestor_id,
        1 AS steps_up,
        [asserted.message_id] AS seen
    FROM asserted
    JOIN messages ON messages.message_id = asserted.message_id
    WHERE messages.parent_message_id IS NOT NULL
    UNION ALL
    SELECT
        walk.message_id,
        walk.key,
        walk.unit,
        messages.parent_message_id,
        walk.steps_up + 1,
        list_append(walk.seen, walk.ancestor_id)
    FROM walk
    JOIN messages ON messages.message_id = walk.ancestor_id
    WHERE
        NOT list_contains(walk.seen, walk.ancestor_id)
        AND NOT EXISTS (
            SELECT 1
            FROM asserted
            WHERE
                asserted.message_id = walk.ancestor_id
                AND asserted.key = walk.key
                AND asserted.unit IS NOT DISTINCT FROM walk.unit
        )
)

SELECT
    earlier.message_id AS from_message_id,
    later.message_id AS to_message_id,
    later.key,
    later.unit,
    earlier.value AS from_value,
    later.value AS to_value,
    walk.steps_up::INTEGER AS steps_up
FROM walk
JOIN asserted AS earlier
    ON earlier.message_id = walk.ancestor_id
    AND earlier.key = walk.key
    AND earlier.unit IS NOT DISTINCT FROM walk.unit
JOIN asserted AS later
    ON later.message_id = walk.message_id
    AND later.key = walk.key
    AND later.unit IS NOT DISTINCT FROM walk.unit
WHERE earlier.comparable <> later.comparable
