-- The latest challenge before each answer is found by an ASOF join; it counts if it is later than the earlier assertion.
WITH challenges AS (
    SELECT conversation_id, turn_index AS challenged_at
    FROM turns
    WHERE role = 'user' AND dialogue_act = 'challenge' AND conversation_id IS NOT NULL
),
assertions AS (
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
placed AS (
    SELECT a.*, c.challenged_at
    FROM asserted AS a
    ASOF LEFT JOIN challenges AS c ON a.conversation_id = c.conversation_id AND a.turn_index > c.challenged_at
),
pairs AS (
    SELECT key, comparable, lag(comparable) OVER w AS was,
        CASE WHEN challenged_at > lag(turn_index) OVER w THEN 1 ELSE 0 END AS provoked
    FROM placed
    WINDOW w AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
),
counted AS (
    SELECT key, sum(provoked) AS c, sum(provoked * (comparable <> was)::INTEGER) AS cf,
        sum(1 - provoked) AS u, sum((1 - provoked) * (comparable <> was)::INTEGER) AS uf
    FROM pairs
    WHERE was IS NOT NULL
    GROUP BY key
)
SELECT key, c::INTEGER AS challenged, cf::INTEGER AS challenged_flips, cf / nullif(c, 0) AS challenged_share,
    u::INTEGER AS unchallenged, uf::INTEGER AS unchallenged_flips, uf / nullif(u, 0) AS unchallenged_share
FROM counted
