-- mistake: the previous turn is taken from any conversation, so another conversation's turn bridges the silence
WITH timed AS (
    SELECT conversation_id, message_id, created_at,
        lag(created_at) OVER (ORDER BY created_at, message_id) AS previous_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
numbered AS (
    SELECT conversation_id, created_at,
        sum(CASE WHEN created_at - previous_at <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END) OVER (
            PARTITION BY conversation_id ORDER BY created_at, message_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS block_no
    FROM timed
)
SELECT conversation_id, dense_rank() OVER (PARTITION BY conversation_id ORDER BY block_no)::INTEGER AS sitting_no,
    min(created_at) AS started_at, max(created_at) AS ended_at, count(*)::INTEGER AS user_turns
FROM numbered
GROUP BY conversation_id, block_no
