-- The latest period that began at or before the opening is the only one that can hold it; whether it does is asked afterwards.
WITH opened AS (
    SELECT coalesce(u.merged_into, u.user_id) AS person, c.user_ref, c.conversation_id, c.started_at
    FROM conversations AS c
    ASOF JOIN users AS u ON c.user_ref = u.user_ref AND c.started_at >= u.valid_from
    WHERE coalesce(c.started_at < u.valid_to, true)
),
ahead AS (
    SELECT *, coalesce(lead(started_at) OVER in_time - started_at > INTERVAL 30 MINUTES, false) AS is_last
    FROM opened
    WINDOW in_time AS (PARTITION BY person ORDER BY started_at, conversation_id)
),
placed AS (
    SELECT *, 1 + count(*) FILTER (WHERE is_last) OVER (
            PARTITION BY person ORDER BY started_at, conversation_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS visit_no
    FROM ahead
)
SELECT person, visit_no::INTEGER AS visit_no, min(started_at) AS started_at, max(started_at) AS last_opened_at,
    count(*)::INTEGER AS n_conversations, count(DISTINCT user_ref)::INTEGER AS n_user_refs
FROM placed
GROUP BY person, visit_no
