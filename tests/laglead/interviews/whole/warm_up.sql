-- The number of answers so far names the stretch a row stands in; its one answer gives the clock to all.
WITH stretches AS (
    SELECT conversation_id, turn_index, role, created_at, completed_at,
        count(*) FILTER (WHERE role = 'assistant') OVER (
            PARTITION BY conversation_id ORDER BY turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS answers_so_far
    FROM turns
    WHERE conversation_id IS NOT NULL
),
shared AS (
    SELECT *,
        min(CASE WHEN role = 'assistant' THEN completed_at END)
            OVER (PARTITION BY conversation_id, answers_so_far) AS answered_at
    FROM stretches
)
SELECT conversation_id, turn_index,
    date_diff('microsecond', answered_at, created_at) / 1000000.0 AS think_seconds
FROM shared
WHERE role = 'user'
