-- Deliveries by day, compared with the row before. Is a delivery an attempt, and the row before yesterday?
WITH days AS (
    SELECT ingested_at::DATE AS day, count(DISTINCT request_id) AS n_calls, count(*) AS n_attempts
    FROM message_events
    GROUP BY day
)
SELECT
    day,
    n_calls::INTEGER AS n_calls,
    n_attempts::INTEGER AS n_attempts,
    (n_attempts - n_calls)::INTEGER AS n_retries,
    lag(n_attempts - n_calls) OVER (ORDER BY day)::INTEGER AS retries_before,
    n_attempts - n_calls > 2 * lag(n_attempts - n_calls) OVER (ORDER BY day) AS is_storm
FROM days
