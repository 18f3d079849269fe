WITH
-- The turns of the conversations that are known: feeds both the challenges and the claims.
turns_kept AS (
    SELECT conversation_id, message_id, turn_index, role, dialogue_act, claims
    FROM turns
    WHERE conversation_id IS NOT NULL
),

-- Every turn with the number of challenges that the conversation has seen so far: it grows between two turns exactly
-- when a challenge lies between them. Only users have a dialogue_act.
heard AS (
    SELECT
        * EXCLUDE (dialogue_act),
        count(*) FILTER (WHERE dialogue_act = 'challenge') OVER (
            PARTITION BY conversation_id ORDER BY turn_index
        ) AS challenges
    FROM turns_kept
),

-- One row per claim of an answer, with its place in the list: feeds the choice of what a turn asserts.
unfolded AS (
    SELECT
        conversation_id,
        message_id,
        turn_index,
        challenges,
        place,
        claim.key AS key,
        claim.unit AS unit,
        claim.value AS value,
        claim.hedged AS hedged
    FROM heard, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant'
),

-- What each turn asserts in the end, its last assertion per key and unit, in a form in which equal values look equal.
asserted AS (
    SELECT
        conversation_id,
        turn_index,
        challenges,
        key,
        unit,
        coalesce(try_cast(replace(trim(value), ',', '') AS DECIMAL(18, 6))::VARCHAR, lower(trim(value))) AS comparable
    FROM unfolded
    WHERE key IS NOT NULL AND trim(value) <> '' AND hedged IS NOT TRUE
    QUALIFY rank() OVER (PARTITION BY message_id, key, unit ORDER BY place DESC) = 1
),

-- Each assertion beside the latest earlier one on its matter; the first has none before it.
beside AS (
    SELECT
        *,
        lag({'comparable': comparable, 'challenges': challenges}) OVER (
            PARTITION BY conversation_id, key, unit ORDER BY turn_index
        ) AS previous
    FROM asserted
),

-- One row per pair, with its two answers.
pairs AS (
    SELECT key, comparable <> previous.comparable AS is_flip, challenges > previous.challenges AS is_challenged
    FROM beside
    WHERE previous IS NOT NULL
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
