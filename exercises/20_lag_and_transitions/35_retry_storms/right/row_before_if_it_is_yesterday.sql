-- The row before counts only where its date is the day before; retries are the attempts that are not a call's first.
WITH numbered AS (
    SELECT request_id, min(ingested_at) AS first_at, row_number() OVER (PARTITION BY request_id ORDER BY attempt) AS n
    FROM message_events
    WHERE role = 'assistant'
    GROUP BY request_id, attempt
),
calls AS (
    SELECT request_id, date_trunc('day', min(first_at))::DATE AS day, max(n) - 1 AS retries
    FROM numbered
    GROUP BY request_id
),
days AS (
    SELECT day, count(*) AS n_calls, sum(retries) AS n_retries
    FROM calls
    GROUP BY day
),
compared AS (
    SELECT *, CASE WHEN lag(day) OVER (ORDER BY day) = day - 1 THEN lag(n_retries) OVER (ORDER BY day) END AS before
    FROM days
)
SELECT day, n_calls::INTEGER AS n_calls, (n_calls + n_retries)::INTEGER AS n_attempts, n_retries::INTEGER AS n_retries,
    before::INTEGER AS retries_before, CASE WHEN before IS NOT NULL THEN n_retries > 2 * before END AS is_storm
FROM compared
