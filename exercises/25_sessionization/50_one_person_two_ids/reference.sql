WITH
-- Every conversation with the person who opened it, looked up at its own moment: a period holds its start, not its end.
opened AS (
    SELECT
        coalesce(u.merged_into, u.user_id) AS person,
        c.user_ref,
        c.started_at
    FROM conversations AS c
    JOIN users AS u
        ON u.user_ref = c.user_ref
        AND c.started_at >= u.valid_from
        AND (u.valid_to IS NULL OR c.started_at < u.valid_to)
),

-- The same with the time of what the person opened before, under whichever id: feeds the pauses.
timed AS (
    SELECT
        person,
        user_ref,
        started_at,
        lag(started_at) OVER (PARTITION BY person ORDER BY started_at) AS previous_at
    FROM opened
),

-- An opening starts a visit unless at most 30 minutes passed; the starts up to its instant are the visit's number.
numbered AS (
    SELECT
        person,
        user_ref,
        started_at,
        sum(CASE WHEN started_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY person
            ORDER BY started_at
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS visit_no
    FROM timed
)

SELECT
    person,
    visit_no::INTEGER AS visit_no,
    min(started_at) AS started_at,
    max(started_at) AS last_opened_at,
    count(*)::INTEGER AS n_conversations,
    count(DISTINCT user_ref)::INTEGER AS n_user_refs
FROM numbered
GROUP BY person, visit_no
