-- Each conversation asks for its owner by a subquery; a visit starts where the person had opened nothing for half an hour.
WITH owned AS (
    SELECT c.user_ref, c.started_at,
        (
            SELECT CASE WHEN u.merged_into IS NULL THEN u.user_id ELSE u.merged_into END
            FROM users AS u
            WHERE u.user_ref = c.user_ref AND c.started_at >= u.valid_from
                AND c.started_at < coalesce(u.valid_to, TIMESTAMPTZ '9999-01-01')
        ) AS person
    FROM conversations AS c
),
opened AS (
    SELECT * FROM owned WHERE person IS NOT NULL
),
starts AS (
    SELECT person, started_at, row_number() OVER (PARTITION BY person ORDER BY started_at) AS visit_no
    FROM (SELECT DISTINCT person, started_at FROM opened) AS later
    WHERE NOT EXISTS (
        SELECT 1
        FROM opened AS earlier
        WHERE earlier.person = later.person AND earlier.started_at < later.started_at
            AND later.started_at <= earlier.started_at + INTERVAL 30 MINUTES
    )
)
SELECT o.person, s.visit_no::INTEGER AS visit_no, s.started_at, max(o.started_at) AS last_opened_at,
    count(*)::INTEGER AS n_conversations, count(DISTINCT o.user_ref)::INTEGER AS n_user_refs
FROM opened AS o
ASOF JOIN starts AS s ON o.person = s.person AND o.started_at >= s.started_at
GROUP BY o.person, s.visit_no, s.started_at
