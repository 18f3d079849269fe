WITH
-- The claims that are assertions, each with its place in the list and its value in a form in which equal looks equal.
assertions AS (
    SELECT
        conversation_id,
        turn_index,
        place,
        claim.key AS key,
        claim.unit AS unit,
        claim.value AS value,
        coalesce(
            try_cast(replace(trim(claim.value), ',', '') AS DECIMAL(18, 6))::VARCHAR,
            lower(trim(claim.value))
        ) AS comparable
    FROM turns, unnest(claims) WITH ORDINALITY AS listed (claim, place)
    WHERE
        role = 'assistant'
        AND conversation_id IS NOT NULL
        AND claim.key IS NOT NULL
        AND trim(claim.value) <> ''
        AND claim.hedged IS NOT TRUE
),

-- What each turn asserts in the end: its last assertion per key and unit.
asserted AS (
    SELECT conversation_id, turn_index, key, unit, value, comparable
    FROM assertions
    QUALIFY row_number() OVER (PARTITION BY conversation_id, turn_index, key, unit ORDER BY place DESC) = 1
),

-- The turns that take something back, one row per key and unit, with a value or without.
retracted AS (
    SELECT DISTINCT conversation_id, turn_index, claim.key AS key, claim.unit AS unit
    FROM turns, unnest(claims) AS listed (claim)
    WHERE role = 'assistant' AND conversation_id IS NOT NULL AND claim.act = 'retract'
),

-- Each assertion beside the latest earlier one on its matter.
beside AS (
    SELECT
        *,
        lag(turn_index) OVER earlier AS from_turn_index,
        lag(comparable) OVER earlier AS previous_comparable
    FROM asserted
    WINDOW earlier AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
),

-- One row per change, with a yes or no: was anything taken back on the way?
changes AS (
    SELECT
        beside.key,
        EXISTS (
            SELECT 1
            FROM retracted
            WHERE
                retracted.conversation_id = beside.conversation_id
                AND retracted.key = beside.key
                AND retracted.unit IS NOT DISTINCT FROM beside.unit
                AND retracted.turn_index > beside.from_turn_index
                AND retracted.turn_index <= beside.turn_index
        ) AS is_announced
    FROM beside
    WHERE comparable <> previous_comparable
)

SELECT
    key,
    count(*)::INTEGER AS changes,
    count(*) FILTER (WHERE is_announced)::INTEGER AS announced,
    count(*) FILTER (WHERE NOT is_announced)::INTEGER AS silent,
    avg((NOT is_announced)::INTEGER) AS silent_share
FROM changes
GROUP BY key
