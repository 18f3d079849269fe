-- Streaks of UTC days. Whose midnight is that?
WITH days AS (
    SELECT DISTINCT user_id, created_at::DATE AS day
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),
marked AS (
    SELECT user_id, day, day - row_number() OVER (PARTITION BY user_id ORDER BY day)::INTEGER AS run
    FROM days
)
SELECT user_id, row_number() OVER (PARTITION BY user_id ORDER BY run)::INTEGER AS streak_no, min(day) AS first_day,
    max(day) AS last_day, count(*)::INTEGER AS n_days
FROM marked
GROUP BY user_id, run
