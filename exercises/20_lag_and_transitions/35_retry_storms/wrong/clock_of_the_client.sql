-- mistake: takes the day from created_at, the client's clock, which is skewed or missing
WITH calls AS (
    SELECT request_id, min(created_at)::DATE AS day, count(DISTINCT attempt) AS attempts
    FROM message_events
    WHERE role = 'assistant'
    GROUP BY request_id
),
days AS (
    SELECT day, count(*) AS n_calls, sum(attempts) AS n_attempts, sum(attempts) - count(*) AS n_retries
    FROM calls
    GROUP BY day
)
SELECT t.day, t.n_calls::INTEGER AS n_calls, t.n_attempts::INTEGER AS n_attempts, t.n_retries::INTEGER AS n_retries,
    y.n_retries::INTEGER AS retries_before, t.n_retries > 2 * y.n_retries AS is_storm
FROM days AS t
LEFT JOIN days AS y ON y.day = t.day - 1
