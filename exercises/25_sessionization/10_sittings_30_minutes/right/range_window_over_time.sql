-- A window measured in time, not in rows: an instant opens a sitting when the half hour before it is empty.
WITH instants AS (
    SELECT conversation_id, created_at, count(*) AS spoken
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
    GROUP BY conversation_id, created_at
),
marked AS (
    SELECT *,
        count(*) OVER (
            PARTITION BY conversation_id ORDER BY created_at
            RANGE BETWEEN INTERVAL 30 MINUTES PRECEDING AND CURRENT ROW
        ) = 1 AS opens
    FROM instants
),
opened AS (
    SELECT *,
        max(created_at) FILTER (WHERE opens) OVER (
            PARTITION BY conversation_id ORDER BY created_at
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS started_at
    FROM marked
)
SELECT
    conversation_id,
    CAST(row_number() OVER (PARTITION BY conversation_id ORDER BY started_at) AS INTEGER) AS sitting_no,
    started_at,
    max(created_at) AS ended_at,
    CAST(sum(spoken) AS INTEGER) AS user_turns
FROM opened
GROUP BY conversation_id, started_at
