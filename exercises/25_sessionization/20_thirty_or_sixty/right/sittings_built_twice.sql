-- The long way: sittings are built under each limit, and counted.
WITH limits (limit_minutes) AS (VALUES (30), (60)),
said AS (
    SELECT limit_minutes, conversation_id, turn_index, created_at,
        lag(created_at) OVER (PARTITION BY limit_minutes, conversation_id ORDER BY created_at, turn_index) AS previous_at
    FROM limits
    CROSS JOIN turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
numbered AS (
    SELECT *, sum(CASE WHEN previous_at + to_minutes(limit_minutes) >= created_at THEN 0 ELSE 1 END) OVER (
            PARTITION BY limit_minutes, conversation_id ORDER BY created_at, turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM said
),
by_conversation AS (
    SELECT limit_minutes, conversation_id, max(sitting_no) AS sittings, count(*) - 1 AS silences
    FROM numbered
    GROUP BY limit_minutes, conversation_id
)
SELECT limit_minutes,
    coalesce(sum(silences), 0)::INTEGER AS n_silences,
    coalesce(sum(sittings), 0)::INTEGER AS n_sittings,
    (count(*) FILTER (WHERE sittings > 1))::INTEGER AS n_conversations_cut,
    (sum(sittings - 1) / nullif(sum(silences), 0))::DOUBLE AS share_ending
FROM limits
LEFT JOIN by_conversation USING (limit_minutes)
GROUP BY limit_minutes
