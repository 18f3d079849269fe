WITH
-- One row per claim of an answer, with its place in the list: feeds both what is asserted and what is taken back.
unfolded AS (
    SELECT
        conversation_id,
        message_id,
        turn_index,
        place,
        claim.key AS key,
        claim.unit AS unit,
        claim.value AS value,
        claim.hedged AS hedged,
        claim.act AS act
    FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),

-- What each turn asserts in the end, its last assertion per key and unit, in a form in which equal values look equal.
asserted AS (
    SELECT
        conversation_id,
        turn_index,
        key,
        unit,
        coalesce(try_cast(replace(trim(value), ',', '') AS DECIMAL(18, 6))::VARCHAR, lower(trim(value))) AS comparable
    FROM unfolded
    WHERE key IS NOT NULL AND trim(value) <> '' AND hedged IS NOT TRUE
    QUALIFY rank() OVER (PARTITION BY message_id, key, unit ORDER BY place DESC) = 1
),

-- Each assertion beside the latest earlier one on its matter.
beside AS (
    SELECT
        *,
        lag({'turn_index': turn_index, 'comparable': comparable}) OVER (
            PARTITION BY conversation_id, key, unit ORDER BY turn_index
        ) AS previous
    FROM asserted
),

-- One row per change, with a yes or no: was anything taken back on the way? With a value or without, hedged or not.
changes AS (
    SELECT
        beside.key,
        EXISTS (
            SELECT 1
            FROM unfolded AS taken_back
            WHERE
                taken_back.act = 'retract'
                AND taken_back.conversation_id = beside.conversation_id
                AND taken_back.key = beside.key
                AND taken_back.unit IS NOT DISTINCT FROM beside.unit
                AND taken_back.turn_index > beside.previous.turn_index
                AND taken_back.turn_index <= beside.turn_index
        ) AS is_announced
    FROM beside
    WHERE comparable <> previous.comparable
)

SELECT
    key,
    count(*)::INTEGER AS changes,
    count(*) FILTER (WHERE is_announced)::INTEGER AS announced,
    count(*) FILTER (WHERE NOT is_announced)::INTEGER AS silent,
    avg((NOT is_announced)::INTEGER) AS silent_share
FROM changes
GROUP BY key
