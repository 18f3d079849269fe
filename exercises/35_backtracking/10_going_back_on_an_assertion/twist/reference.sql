WITH
-- One row per claim of an answer, with its place in the list.
unfolded AS (
    SELECT conversation_id, turn_index, unnest(claims) AS claim, generate_subscripts(claims, 1) AS place
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),

-- The two countings beside each other: every claim that counts in one of them, its value in a form that can be compared.
counted AS (
    SELECT
        counting.with_hedged,
        unfolded.conversation_id,
        unfolded.turn_index,
        unfolded.place,
        unfolded.claim.key AS key,
        unfolded.claim.unit AS unit,
        coalesce(
            try_cast(replace(trim(unfolded.claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR,
            lower(trim(unfolded.claim.value))
        ) AS compared
    FROM unfolded
    CROSS JOIN (VALUES (false), (true)) AS counting (with_hedged)
    WHERE
        unfolded.claim.key IS NOT NULL
        AND trim(unfolded.claim.value) <> ''
        AND (counting.with_hedged OR unfolded.claim.hedged IS DISTINCT FROM true)
),

-- What each turn asserts: the last claim per key and unit.
asserted AS (
    SELECT *
    FROM counted
    QUALIFY
        row_number() OVER (
            PARTITION BY with_hedged, conversation_id, key, unit, turn_index
            ORDER BY place DESC
        ) = 1
),

-- Each assertion beside the one before it on the same matter; the first has none and is no change.
beside AS (
    SELECT
        with_hedged,
        conversation_id,
        compared <> lag(compared) OVER (
            PARTITION BY with_hedged, conversation_id, key, unit
            ORDER BY turn_index
        ) AS is_change
    FROM asserted
),

-- One row per conversation with both numbers.
numbers AS (
    SELECT
        conversation_id,
        count(*) FILTER (WHERE is_change AND NOT with_hedged) AS changes,
        count(*) FILTER (WHERE is_change AND with_hedged) AS changes_with_hedged
    FROM beside
    GROUP BY conversation_id
)

SELECT
    conversation_id,
    changes::INTEGER AS changes,
    changes_with_hedged::INTEGER AS changes_with_hedged
FROM numbers
WHERE changes <> changes_with_hedged
