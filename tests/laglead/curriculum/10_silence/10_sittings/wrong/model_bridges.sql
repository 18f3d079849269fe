-- mistake: an answer of the model bridges the silence
WITH timed AS (
    SELECT conversation_id, created_at,
        created_at - lag(created_at) OVER in_time AS silence
    FROM turns
    WINDOW in_time AS (PARTITION BY conversation_id ORDER BY created_at)
), numbered AS (
    SELECT conversation_id, created_at,
        sum(CASE WHEN silence <= INTERVAL 30 MINUTES THEN 0 ELSE 1 END)
            OVER in_time AS sitting_no
    FROM timed
    WINDOW in_time AS (
        PARTITION BY conversation_id ORDER BY created_at
        ROWS UNBOUNDED PRECEDING
    )
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no,
    min(created_at) AS started_at, max(created_at) AS ended_at
FROM numbered GROUP BY conversation_id, sitting_no
