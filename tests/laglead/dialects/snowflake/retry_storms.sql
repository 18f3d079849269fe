-- dialect: snowflake
WITH calls AS (
    SELECT request_id, MIN(ingested_at)::DATE AS day, COUNT(DISTINCT attempt) AS attempts
    FROM message_events
    WHERE role = 'assistant'
    GROUP BY request_id
),

days AS (
    SELECT day, COUNT(*) AS n_calls, SUM(attempts) AS n_attempts, SUM(attempts) - COUNT(*) AS n_retries
    FROM calls
    GROUP BY day
)

SELECT
    today.day,
    today.n_calls,
    CAST(today.n_attempts AS INT) AS n_attempts,
    CAST(today.n_retries AS INT) AS n_retries,
    CAST(yesterday.n_retries AS INT) AS retries_before,
    today.n_retries > 2 * yesterday.n_retries AS is_storm
FROM days AS today
LEFT JOIN days AS yesterday ON yesterday.day = DATEADD('day', -1, today.day)
