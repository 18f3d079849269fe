-- mistake: numbers turns instead of days, so two turns of one day break the run
WITH zones AS (
    SELECT user_id, timezone
    FROM users
    WHERE timezone IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY valid_from DESC, user_ref) = 1
),
days AS (
    SELECT t.user_id, (t.created_at AT TIME ZONE coalesce(z.timezone, 'UTC'))::DATE AS day
    FROM turns AS t
    LEFT JOIN zones AS z ON z.user_id = t.user_id
    WHERE t.role = 'user' AND t.user_id IS NOT NULL AND t.created_at IS NOT NULL
),
beside AS (
    SELECT user_id, day, lag(day) OVER (PARTITION BY user_id ORDER BY day) AS day_before
    FROM days
),
numbered AS (
    SELECT user_id, day, sum(CASE WHEN day - day_before = 1 THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS streak_no
    FROM beside
)
SELECT user_id, streak_no::INTEGER AS streak_no, min(day) AS first_day, max(day) AS last_day, count(*)::INTEGER AS n_days
FROM numbered
GROUP BY user_id, streak_no
