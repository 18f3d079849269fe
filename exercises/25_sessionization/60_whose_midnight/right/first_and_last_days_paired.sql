-- A first day has no yesterday, a last day no tomorrow; the nth first day belongs to the nth last one.
WITH days AS (
    SELECT DISTINCT t.user_id, (t.created_at AT TIME ZONE coalesce((
            SELECT u.timezone
            FROM users AS u
            WHERE u.user_id = t.user_id AND u.timezone IS NOT NULL
            ORDER BY u.valid_from DESC, u.user_ref
            LIMIT 1
        ), 'UTC'))::DATE AS day
    FROM turns AS t
    WHERE t.role = 'user' AND t.user_id IS NOT NULL AND t.created_at IS NOT NULL
),
firsts AS (
    SELECT user_id, day, row_number() OVER (PARTITION BY user_id ORDER BY day) AS n
    FROM days
    WHERE NOT EXISTS (SELECT 1 FROM days AS d WHERE d.user_id = days.user_id AND d.day = days.day - 1)
),
lasts AS (
    SELECT user_id, day, row_number() OVER (PARTITION BY user_id ORDER BY day) AS n
    FROM days
    WHERE NOT EXISTS (SELECT 1 FROM days AS d WHERE d.user_id = days.user_id AND d.day = days.day + 1)
)
SELECT f.user_id, f.n::INTEGER AS streak_no, f.day AS first_day, l.day AS last_day, (l.day - f.day + 1)::INTEGER AS n_days
FROM firsts AS f
JOIN lasts AS l ON l.user_id = f.user_id AND l.n = f.n
