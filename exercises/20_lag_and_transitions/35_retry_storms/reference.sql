WITH
-- One row per call: the day on which it began to arrive, and how many attempts of it are known, however often delivered.
calls AS (
    SELECT request_id, (min(ingested_at) AT TIME ZONE 'UTC')::DATE AS day, count(DISTINCT attempt) AS attempts
    FROM message_events
    WHERE role = 'assistant'
    GROUP BY request_id
),

-- One row per day that has calls: feeds the day itself and the day after it.
days AS (
    SELECT day, count(*) AS n_calls, sum(attempts) AS n_attempts, sum(attempts) - count(*) AS n_retries
    FROM calls
    GROUP BY day
)

SELECT
    today.day,
    today.n_calls::INTEGER AS n_calls,
    today.n_attempts::INTEGER AS n_attempts,
    today.n_retries::INTEGER AS n_retries,
    yesterday.n_retries::INTEGER AS retries_before,
    today.n_retries > 2 * yesterday.n_retries AS is_storm
FROM days AS today
LEFT JOIN days AS yesterday ON yesterday.day = today.day - 1
