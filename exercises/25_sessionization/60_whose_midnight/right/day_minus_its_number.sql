-- In a run of days without a hole, the date minus its number among the user's days is always the same.
WITH last_known AS (
    SELECT u.user_id, arg_min(u.timezone, u.user_ref) AS timezone
    FROM users AS u
    JOIN (SELECT user_id, max(valid_from) AS begun FROM users WHERE timezone IS NOT NULL GROUP BY user_id) AS newest
        ON newest.user_id = u.user_id AND newest.begun = u.valid_from
    WHERE u.timezone IS NOT NULL
    GROUP BY u.user_id
),
days AS (
    SELECT t.user_id, CAST(timezone(coalesce(k.timezone, 'UTC'), t.created_at) AS DATE) AS day
    FROM turns AS t
    LEFT JOIN last_known AS k USING (user_id)
    WHERE t.role = 'user' AND t.user_id IS NOT NULL AND t.created_at IS NOT NULL
    GROUP BY ALL
),
marked AS (
    SELECT user_id, day, day - CAST(row_number() OVER (PARTITION BY user_id ORDER BY day) AS INTEGER) AS run
    FROM days
)
SELECT user_id, row_number() OVER (PARTITION BY user_id ORDER BY run)::INTEGER AS streak_no, min(day) AS first_day,
    max(day) AS last_day, count(*)::INTEGER AS n_days
FROM marked
GROUP BY user_id, run
