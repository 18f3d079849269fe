-- mistake: the silence is measured from the row before, whoever wrote it, so an answer of the model bridges it
WITH timed AS (
    SELECT conversation_id, turn_index, role, created_at,
        lag(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS previous_at
    FROM turns
    WHERE conversation_id IS NOT NULL AND created_at IS NOT NULL
),
numbered AS (
    SELECT conversation_id, role, created_at,
        sum(CASE WHEN previous_at IS NULL OR created_at - previous_at > INTERVAL 30 MINUTES THEN 1 ELSE 0 END) OVER (
            PARTITION BY conversation_id ORDER BY created_at, turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS block_no
    FROM timed
)
SELECT conversation_id, dense_rank() OVER (PARTITION BY conversation_id ORDER BY block_no)::INTEGER AS sitting_no,
    min(created_at) AS started_at, max(created_at) AS ended_at, count(*)::INTEGER AS user_turns
FROM numbered
WHERE role = 'user'
GROUP BY conversation_id, block_no
