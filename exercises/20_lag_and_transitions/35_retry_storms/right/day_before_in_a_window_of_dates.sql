-- A window measured in days looks at exactly the day before; the attempts are counted as pairs.
WITH attempts AS (
    SELECT DISTINCT request_id, attempt, min(ingested_at) OVER (PARTITION BY request_id) AS arrived_at
    FROM message_events
    WHERE role = 'assistant'
),
days AS (
    SELECT CAST(arrived_at AS DATE) AS day, count(DISTINCT request_id) AS n_calls, count(*) AS n_attempts
    FROM attempts
    GROUP BY 1
),
beside AS (
    SELECT *, n_attempts - n_calls AS n_retries, max(n_attempts - n_calls) OVER (
            ORDER BY day RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING
        ) AS before
    FROM days
)
SELECT day, n_calls::INTEGER AS n_calls, n_attempts::INTEGER AS n_attempts, n_retries::INTEGER AS n_retries,
    before::INTEGER AS retries_before, before * 2 < n_retries AS is_storm
FROM beside
