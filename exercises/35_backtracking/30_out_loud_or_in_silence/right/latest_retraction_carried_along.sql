-- Assertions and retractions in one stream; the turn of the latest retraction is carried to each assertion.
WITH made AS (
    SELECT conversation_id, turn_index, place, claim.key AS key, claim.unit AS unit, claim.value AS value,
        claim.act = 'retract' AS takes_back,
        trim(claim.value) <> '' AND claim.hedged IS NOT TRUE AS asserts
    FROM turns, unnest(claims) WITH ORDINALITY AS u (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL AND claim.key IS NOT NULL
),
per_turn AS (
    SELECT conversation_id, turn_index, key, unit,
        arg_max(value, place) FILTER (WHERE asserts) AS value,
        bool_or(coalesce(takes_back, false)) AS takes_back
    FROM made
    GROUP BY ALL
),
carried AS (
    SELECT *, max(CASE WHEN takes_back THEN turn_index END) OVER (
            PARTITION BY conversation_id, key, unit ORDER BY turn_index ROWS UNBOUNDED PRECEDING
        ) AS last_taken_back
    FROM per_turn
),
beside AS (
    SELECT *, lag(value) OVER w AS old, lag(turn_index) OVER w AS old_turn
    FROM carried
    WHERE value IS NOT NULL
    WINDOW w AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
),
changes AS (
    SELECT key, coalesce(last_taken_back > old_turn, false) AS out_loud
    FROM beside
    WHERE old IS NOT NULL
        AND lower(trim(old)) <> lower(trim(value))
        AND coalesce(try_cast(replace(trim(old), ',', '') AS DECIMAL(18, 6)) <> try_cast(replace(trim(value), ',', '') AS DECIMAL(18, 6)), true)
)
SELECT key, count(*)::INTEGER AS changes, count_if(out_loud)::INTEGER AS announced,
    count_if(NOT out_loud)::INTEGER AS silent, count_if(NOT out_loud) / count(*) AS silent_share
FROM changes
GROUP BY key
