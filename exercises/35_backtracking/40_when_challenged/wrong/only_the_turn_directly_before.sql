-- mistake: asks only the user turn directly before the second assertion; the challenge may lie further back
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
beside AS (
    SELECT *, lag(turn_index) OVER earlier AS from_turn_index, lag(comparable) OVER earlier AS previous_comparable
    FROM asserted
    WINDOW earlier AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
),
pairs AS (
    SELECT b.key, comparable <> previous_comparable AS is_flip, EXISTS (
            SELECT 1 FROM turns AS c
            WHERE c.conversation_id = b.conversation_id AND c.role = 'user' AND c.dialogue_act = 'challenge'
                AND c.turn_index > b.from_turn_index
                AND c.turn_index = (
                    SELECT max(u.turn_index) FROM turns AS u
                    WHERE u.conversation_id = b.conversation_id AND u.role = 'user' AND u.turn_index < b.turn_index
                )
        ) AS is_challenged
    FROM beside AS b
    WHERE from_turn_index IS NOT NULL
)
SELECT key, count(*) FILTER (WHERE is_challenged)::INTEGER AS challenged,
    count(*) FILTER (WHERE is_challenged AND is_flip)::INTEGER AS challenged_flips,
    avg(is_flip::INTEGER) FILTER (WHERE is_challenged) AS challenged_share,
    count(*) FILTER (WHERE NOT is_challenged)::INTEGER AS unchallenged,
    count(*) FILTER (WHERE NOT is_challenged AND is_flip)::INTEGER AS unchallenged_flips,
    avg(is_flip::INTEGER) FILTER (WHERE NOT is_challenged) AS unchallenged_share
FROM pairs
GROUP BY key
