-- Marks the last turn of each sitting instead of the first; a turn's sitting is the number of ends before it, plus one.
WITH timed AS (
    SELECT
        conversation_id,
        turn_index,
        created_at,
        lead(created_at) OVER in_time > created_at + INTERVAL 30 MINUTES AS is_last
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
    WINDOW in_time AS (PARTITION BY conversation_id ORDER BY created_at, turn_index)
),
placed AS (
    SELECT
        conversation_id,
        created_at,
        1 + count(*) FILTER (WHERE is_last) OVER (
            PARTITION BY conversation_id
            ORDER BY created_at, turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS sitting_no
    FROM timed
)
SELECT conversation_id, sitting_no, min(created_at) AS started_at, max(created_at) AS ended_at, count(*) AS user_turns
FROM placed
GROUP BY ALL
