-- The first slot above twice the mean of the whole log.
WITH
slots AS (
    SELECT (epoch_us(answer.completed_at) - epoch_us(starts_at)) // (6 * 3_600_000_000) AS slot,
        avg(is_refusal::INTEGER) AS share, count(is_refusal) AS n
    FROM turns AS answer
    CROSS JOIN log_window
    WHERE role = 'assistant' AND completed_at IS NOT NULL
    GROUP BY slot
)

SELECT min(slot) * 6 AS onset_hours
FROM slots
WHERE share > 2 * (SELECT avg(share) FROM slots)
