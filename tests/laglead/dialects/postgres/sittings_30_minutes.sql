-- dialect: postgres
WITH timed AS (
    SELECT
        conversation_id,
        turn_index,
        created_at,
        LAG(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS previous_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),

numbered AS (
    SELECT
        conversation_id,
        created_at,
        SUM(CASE WHEN created_at <= previous_at + INTERVAL '30 minutes' THEN 0 ELSE 1 END) OVER (
            PARTITION BY conversation_id ORDER BY created_at, turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS sitting_no
    FROM timed
)

SELECT
    conversation_id,
    CAST(sitting_no AS integer) AS sitting_no,
    MIN(created_at) AS started_at,
    MAX(created_at) AS ended_at,
    COUNT(*) AS user_turns
FROM numbered
GROUP BY conversation_id, sitting_no
