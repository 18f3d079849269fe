-- mistake: the first timed turn opens a sitting, so untimed turns before it are left in one of their own
WITH placed AS (
    SELECT conversation_id, turn_index, created_at,
        last_value(created_at IGNORE NULLS) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS known_before, min(turn_index) OVER (PARTITION BY conversation_id) AS turn_first
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
numbered AS (
    SELECT conversation_id, created_at,
        1 + sum(CASE WHEN created_at - coalesce(known_before, TIMESTAMPTZ '1970-01-01') > INTERVAL 30 MINUTES AND turn_first < turn_index THEN 1 ELSE 0 END) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM placed
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no, min(created_at) AS started_at, max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns, (count(*) - count(created_at))::INTEGER AS n_untimed
FROM numbered
GROUP BY conversation_id, sitting_no
