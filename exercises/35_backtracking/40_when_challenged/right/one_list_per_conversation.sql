-- The challenges of a conversation as one list; a pair asks whether one of its places lies inside.
WITH assertions AS (
    SELECT conversation_id, turn_index, place, claim.key AS key, claim.unit AS unit, claim.value AS value,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR,
            lower(trim(claim.value))
        ) AS comparable
    FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
        AND claim.key IS NOT NULL AND trim(claim.value) <> '' AND claim.hedged IS NOT TRUE
),
asserted AS (
    SELECT *
    FROM assertions
    QUALIFY row_number() OVER (PARTITION BY conversation_id, turn_index, key, unit ORDER BY place DESC) = 1
),
lists AS (
    SELECT conversation_id, list(turn_index) FILTER (WHERE dialogue_act = 'challenge') AS challenges
    FROM turns
    WHERE role = 'user'
    GROUP BY conversation_id
),
numbered AS (
    SELECT *, row_number() OVER (PARTITION BY conversation_id, key, unit ORDER BY turn_index) AS n
    FROM asserted
),
pairs AS (
    SELECT b.key, a.comparable <> b.comparable AS is_flip,
        coalesce(len(list_filter(challenges, lambda t: t > a.turn_index AND t < b.turn_index)) > 0, false) AS is_challenged
    FROM numbered AS b
    JOIN numbered AS a
        ON a.conversation_id = b.conversation_id AND a.key = b.key AND a.unit IS NOT DISTINCT FROM b.unit AND a.n = b.n - 1
    LEFT JOIN lists ON lists.conversation_id = b.conversation_id
)
SELECT key, count(*) FILTER (WHERE is_challenged)::INTEGER AS challenged,
    count(*) FILTER (WHERE is_challenged AND is_flip)::INTEGER AS challenged_flips,
    avg(is_flip::INTEGER) FILTER (WHERE is_challenged) AS challenged_share,
    count(*) FILTER (WHERE NOT is_challenged)::INTEGER AS unchallenged,
    count(*) FILTER (WHERE NOT is_challenged AND is_flip)::INTEGER AS unchallenged_flips,
    avg(is_flip::INTEGER) FILTER (WHERE NOT is_challenged) AS unchallenged_share
FROM pairs
GROUP BY key
