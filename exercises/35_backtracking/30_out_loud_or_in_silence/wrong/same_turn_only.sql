-- mistake: looks for the retraction in the turn of the new value only, not in the answers before it
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
retracted AS (
    SELECT DISTINCT conversation_id, turn_index, claim.key AS key, claim.unit AS unit
    FROM turns, unnest(claims) AS listed (claim)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL AND claim.act = 'retract'
),
beside AS (
    SELECT *, lag(turn_index) OVER earlier AS from_turn_index, lag(comparable) OVER earlier AS previous_comparable
    FROM asserted
    WINDOW earlier AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
),
changes AS (
    SELECT b.key, EXISTS (
            SELECT 1 FROM retracted AS r
            WHERE r.conversation_id = b.conversation_id AND r.key = b.key AND r.unit IS NOT DISTINCT FROM b.unit
                AND r.turn_index = b.turn_index
        ) AS is_announced
    FROM beside AS b
    WHERE comparable <> previous_comparable
)
SELECT key, count(*)::INTEGER AS changes, count(*) FILTER (WHERE is_announced)::INTEGER AS announced,
    count(*) FILTER (WHERE NOT is_announced)::INTEGER AS silent, avg((NOT is_announced)::INTEGER) AS silent_share
FROM changes
GROUP BY key
