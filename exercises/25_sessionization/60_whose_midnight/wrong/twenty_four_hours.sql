-- mistake: a silence of more than 24 hours ends a streak here; the date after the last one continues it, however late
WITH zones AS (
    SELECT user_id, timezone
    FROM users
    WHERE timezone IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY valid_from DESC, user_ref) = 1
),
timed AS (
    SELECT t.user_id, t.message_id, t.created_at, (t.created_at AT TIME ZONE coalesce(z.timezone, 'UTC'))::DATE AS day,
        lag(t.created_at) OVER (PARTITION BY t.user_id ORDER BY t.created_at, t.message_id) AS previous_at
    FROM turns AS t
    LEFT JOIN zones AS z ON z.user_id = t.user_id
    WHERE t.role = 'user' AND t.user_id IS NOT NULL AND t.created_at IS NOT NULL
),
numbered AS (
    SELECT user_id, day, sum(CASE WHEN created_at - previous_at <= INTERVAL 24 HOURS THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id ORDER BY created_at, message_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS streak_no
    FROM timed
)
SELECT user_id, streak_no::INTEGER AS streak_no, min(day) AS first_day, max(day) AS last_day,
    count(DISTINCT day)::INTEGER AS n_days
FROM numbered
GROUP BY user_id, streak_no
