-- mistake: compares with the row before, which is the day before only if that day had calls
WITH calls AS (
    SELECT request_id, min(ingested_at)::DATE AS day, count(DISTINCT attempt) AS attempts
    FROM message_events
    WHERE role = 'assistant'
    GROUP BY request_id
),
days AS (
    SELECT day, count(*) AS n_calls, sum(attempts) AS n_attempts, sum(attempts) - count(*) AS n_retries
    FROM calls
    GROUP BY day
)
SELECT day, n_calls::INTEGER AS n_calls, n_attempts::INTEGER AS n_attempts, n_retries::INTEGER AS n_retries,
    lag(n_retries) OVER (ORDER BY day)::INTEGER AS retries_before,
    n_retries > 2 * lag(n_retries) OVER (ORDER BY day) AS is_storm
FROM days
