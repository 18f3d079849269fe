-- mistake: turns whose user is unknown are left out; only a missing time or conversation leaves a turn out
WITH timed AS (
    SELECT conversation_id, turn_index, created_at,
        lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS previous_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL AND user_id IS NOT NULL
),
numbered AS (
    SELECT conversation_id, created_at,
        sum(CASE WHEN created_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY conversation_id ORDER BY created_at, turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM timed
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no, min(created_at) AS started_at,
    max(created_at) AS ended_at, count(*)::INTEGER AS user_turns
FROM numbered
GROUP BY conversation_id, sitting_no
