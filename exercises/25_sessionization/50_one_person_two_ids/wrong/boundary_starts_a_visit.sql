-- mistake: a pause of exactly 30 minutes starts a visit here; it must be longer
WITH opened AS (
    SELECT coalesce(u.merged_into, u.user_id) AS person, c.user_ref, c.conversation_id, c.started_at
    FROM conversations AS c
    JOIN users AS u ON u.user_ref = c.user_ref
        AND c.started_at >= u.valid_from AND (u.valid_to IS NULL OR c.started_at < u.valid_to)
),
timed AS (
    SELECT person, user_ref, conversation_id, started_at,
        lag(started_at) OVER (PARTITION BY person ORDER BY started_at, conversation_id) AS previous_at
    FROM opened
),
numbered AS (
    SELECT person, user_ref, started_at,
        sum(CASE WHEN started_at - previous_at < INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY person ORDER BY started_at, conversation_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS visit_no
    FROM timed
)
SELECT person, visit_no::INTEGER AS visit_no, min(started_at) AS started_at, max(started_at) AS last_opened_at,
    count(*)::INTEGER AS n_conversations, count(DISTINCT user_ref)::INTEGER AS n_user_refs
FROM numbered
GROUP BY person, visit_no
