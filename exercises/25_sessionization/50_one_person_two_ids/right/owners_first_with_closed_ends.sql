-- The table of owners is made first, with closed ends; instants are then grouped by a window measured in time.
WITH owners AS (
    SELECT user_ref, coalesce(merged_into, user_id) AS person, valid_from AS from_at,
        ifnull(valid_to, 'infinity'::TIMESTAMPTZ) AS until_at
    FROM users
),
instants AS (
    SELECT o.person, c.started_at, count(*) AS n, list(DISTINCT o.user_ref) AS refs
    FROM conversations AS c
    JOIN owners AS o ON o.user_ref = c.user_ref AND o.from_at <= c.started_at AND c.started_at < o.until_at
    GROUP BY o.person, c.started_at
),
marked AS (
    SELECT *, count(*) OVER (
            PARTITION BY person ORDER BY started_at RANGE BETWEEN INTERVAL 30 MINUTES PRECEDING AND CURRENT ROW
        ) = 1 AS opens
    FROM instants
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE opens) OVER (PARTITION BY person ORDER BY started_at) AS visit_no
    FROM marked
)
SELECT person, visit_no::INTEGER AS visit_no, min(started_at) AS started_at, max(started_at) AS last_opened_at,
    sum(n)::INTEGER AS n_conversations, len(list_distinct(flatten(list(refs))))::INTEGER AS n_user_refs
FROM numbered
GROUP BY person, visit_no
