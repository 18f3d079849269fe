-- Lists of attempts per call; the day before is asked for by a subquery.
WITH calls AS (
    SELECT request_id, strftime(min(ingested_at), '%Y-%m-%d')::DATE AS day, len(list_distinct(list(attempt))) AS attempts
    FROM message_events
    WHERE role = 'assistant'
    GROUP BY request_id
),
days AS (
    SELECT day, count(*)::INTEGER AS n_calls, sum(attempts)::INTEGER AS n_attempts
    FROM calls
    GROUP BY day
)
SELECT d.*, n_attempts - n_calls AS n_retries,
    (SELECT y.n_attempts - y.n_calls FROM days AS y WHERE y.day + 1 = d.day) AS retries_before,
    n_attempts - n_calls > 2 * (SELECT y.n_attempts - y.n_calls FROM days AS y WHERE y.day + 1 = d.day) AS is_storm
FROM days AS d
