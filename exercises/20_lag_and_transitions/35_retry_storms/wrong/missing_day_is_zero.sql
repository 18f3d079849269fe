-- mistake: a day before without calls is taken for one without retries; nothing is known of it
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
SELECT t.day, t.n_calls::INTEGER AS n_calls, t.n_attempts::INTEGER AS n_attempts, t.n_retries::INTEGER AS n_retries,
    coalesce(y.n_retries, 0)::INTEGER AS retries_before, t.n_retries > 2 * coalesce(y.n_retries, 0) AS is_storm
FROM days AS t
LEFT JOIN days AS y ON y.day = t.day - 1
