-- Sittings of the timed turns. Where do the others belong?
WITH timed AS (
    SELECT conversation_id, turn_index, created_at,
        lag(created_at) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS previous_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
numbered AS (
    SELECT conversation_id, created_at,
        sum(CASE WHEN created_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM timed
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no, min(created_at) AS started_at, max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns, 0::INTEGER AS n_untimed
FROM numbered
GROUP BY conversation_id, sitting_no
