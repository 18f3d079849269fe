WITH
-- Every turn with the number of challenges that the conversation has seen so far: it grows between two turns exactly
-- when a challenge lies between them.
heard AS (
    SELECT
        conversation_id,
        turn_index,
        role,
        claims,
        count(*) FILTER (WHERE role = 'user' AND dialogue_act = 'challenge') OVER (
            PARTITION BY conversation_id
            ORDER BY turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS challenges
    FROM turns
    WHERE conversation_id IS NOT NULL
),

-- The claims that are assertions, each with its place in the list and its value in a form in which equal looks equal.
assertions AS (
    SELECT
        conversation_id,
        turn_index,
        challenges,
        place,
        claim.key AS key,
        claim.unit AS unit,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR,
            lower(trim(claim.value))
        ) AS comparable
    FROM heard, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND claim.key IS NOT NULL AND trim(claim.value) <> '' AND claim.hedged IS NOT TRUE
),

-- What each turn asserts in the end: its last assertion per key and unit.
asserted AS (
    SELECT *
    FROM assertions
    QUALIFY row_number() OVER (PARTITION BY conversation_id, turn_index, key, unit ORDER BY place DESC) = 1
),

-- Each assertion beside the latest earlier one on its matter; the first has none before it.
beside AS (
    SELECT
        *,
        lag(comparable) OVER earlier AS previous_comparable,
        lag(challenges) OVER earlier AS previous_challenges
    FROM asserted
    WINDOW earlier AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
),

-- One row per pair, with its two answers.
pairs AS (
    SELECT key, comparable <> previous_comparable AS is_flip, challenges > previous_challenges AS is_challenged
    FROM beside
    WHERE previous_comparable IS NOT NULL
)

SELECT
    key,
    count(*) FILTER (WHERE is_challenged)::INTEGER AS challenged,
    count(*) FILTER (WHERE is_challenged AND is_flip)::INTEGER AS challenged_flips,
    avg(is_flip::INTEGER) FILTER (WHERE is_challenged) AS challenged_share,
    count(*) FILTER (WHERE NOT is_challenged)::INTEGER AS unchallenged,
    count(*) FILTER (WHERE NOT is_challenged AND is_flip)::INTEGER AS unchallenged_flips,
    avg(is_flip::INTEGER) FILTER (WHERE NOT is_challenged) AS unchallenged_share
FROM pairs
GROUP BY key
