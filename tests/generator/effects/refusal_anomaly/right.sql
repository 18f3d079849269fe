-- The first of two slots of six hours, with enough answers, that stand out of the same slots of the 28 days before.
WITH
slots AS (
    SELECT (epoch_us(answer.completed_at) - epoch_us(starts_at)) // (6 * 3_600_000_000) AS slot,
        avg(is_refusal::INTEGER) AS share, count(is_refusal) AS n
    FROM turns AS answer
    CROSS JOIN log_window
    WHERE role = 'assistant' AND completed_at IS NOT NULL
    GROUP BY slot
),

compared AS (
    SELECT slot, n, share, avg(share) OVER before AS usual, stddev_samp(share) OVER before AS spread, count(*) OVER before AS days
    FROM slots
    WINDOW before AS (PARTITION BY slot % 4 ORDER BY slot RANGE BETWEEN 28 * 4 PRECEDING AND 1 PRECEDING)
),

judged AS (
    SELECT slot, n >= 100 AND days >= 20 AND share > usual + 3 * spread AS stands_out
    FROM compared
)

SELECT min(slot) * 6 AS onset_hours
FROM (FROM judged SELECT slot, stands_out AND lead(stands_out, 1, false) OVER (ORDER BY slot) AS twice)
WHERE twice
