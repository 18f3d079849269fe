-- Visits of a user_ref, as if it were a person. Who was it really, at that moment?
WITH timed AS (
    SELECT user_ref AS person, conversation_id, started_at,
        lag(started_at) OVER (PARTITION BY user_ref ORDER BY started_at, conversation_id) AS previous_at
    FROM conversations
    WHERE user_ref IS NOT NULL
),
numbered AS (
    SELECT person, started_at,
        sum(CASE WHEN started_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY person ORDER BY started_at, conversation_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS visit_no
    FROM timed
)
SELECT person, visit_no::INTEGER AS visit_no, min(started_at) AS started_at, max(started_at) AS last_opened_at,
    count(*)::INTEGER AS n_conversations, 1::INTEGER AS n_user_refs
FROM numbered
GROUP BY person, visit_no
