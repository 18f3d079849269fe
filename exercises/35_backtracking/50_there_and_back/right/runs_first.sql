-- Collapses repetitions into runs; a run whose value had a run before is a return to the end of that run.
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
marked AS (
    SELECT *, comparable IS DISTINCT FROM lag(comparable) OVER w AS opens
    FROM asserted
    WINDOW w AS (PARTITION BY conversation_id, key, unit ORDER BY turn_index)
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE opens) OVER (
            PARTITION BY conversation_id, key, unit ORDER BY turn_index ROWS UNBOUNDED PRECEDING
        ) AS run
    FROM marked
),
runs AS (
    SELECT conversation_id, key, unit, run, comparable, min(turn_index) AS first_turn, max(turn_index) AS last_turn,
        arg_min(value, turn_index) AS value
    FROM numbered
    GROUP BY ALL
),
returns AS (
    SELECT *, lag(last_turn) OVER (PARTITION BY conversation_id, key, unit, comparable ORDER BY run) AS left_turn
    FROM runs
)
SELECT r.conversation_id, r.key, r.unit, left_turn AS left_turn_index, first_turn AS return_turn_index, r.value,
    (
        SELECT list(n.value ORDER BY n.turn_index) FROM numbered AS n
        WHERE n.conversation_id = r.conversation_id AND n.key = r.key AND n.unit IS NOT DISTINCT FROM r.unit
            AND n.turn_index > left_turn AND n.turn_index < first_turn
    ) AS detour
FROM returns AS r
WHERE left_turn IS NOT NULL
