-- Changes by self-join to the latest earlier assertion, then two counts: all, and those with a retraction on the way.
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
pairs AS (
    SELECT b.conversation_id, b.key, b.unit, b.turn_index, max(a.turn_index) AS from_turn,
        arg_max(a.comparable, a.turn_index) AS was, any_value(b.comparable) AS is_now
    FROM asserted AS b
    JOIN asserted AS a
        ON a.conversation_id = b.conversation_id AND a.key = b.key AND a.unit IS NOT DISTINCT FROM b.unit
        AND a.turn_index < b.turn_index
    GROUP BY b.conversation_id, b.key, b.unit, b.turn_index
),
changes AS (SELECT * FROM pairs WHERE was <> is_now),
taken_back AS (
    SELECT t.conversation_id, t.turn_index, unnest(list_filter(claims, lambda c: c.act = 'retract')) AS c
    FROM turns AS t
    WHERE role = 'assistant'
),
out_loud AS (
    SELECT *
    FROM changes
    SEMI JOIN taken_back
        ON taken_back.conversation_id = changes.conversation_id AND taken_back.c.key = changes.key
        AND coalesce(taken_back.c.unit, '-') = coalesce(changes.unit, '-')
        AND taken_back.turn_index BETWEEN changes.from_turn + 1 AND changes.turn_index
),
per_key AS (SELECT key, count(*) AS n FROM changes GROUP BY key),
heard AS (SELECT key, count(*) AS n FROM out_loud GROUP BY key)
SELECT key, per_key.n::INTEGER AS changes, coalesce(heard.n, 0)::INTEGER AS announced,
    (per_key.n - coalesce(heard.n, 0))::INTEGER AS silent, 1 - coalesce(heard.n, 0) / per_key.n AS silent_share
FROM per_key
LEFT JOIN heard USING (key)
