WITH
-- One row per user whose zone is known: the zone of the row that began last. One row only, so that no turn is doubled.
zones AS (
    SELECT user_id, timezone
    FROM users
    WHERE timezone IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY valid_from DESC, user_ref) = 1
),

-- One row per user and date on which they were active, the date as a clock on their wall showed it.
days AS (
    SELECT DISTINCT
        t.user_id,
        (t.created_at AT TIME ZONE coalesce(z.timezone, 'UTC'))::DATE AS day
    FROM turns AS t
    LEFT JOIN zones AS z ON z.user_id = t.user_id
    WHERE t.role = 'user' AND t.user_id IS NOT NULL AND t.created_at IS NOT NULL
),

-- Each date less its place among the user's dates: the same date for all days of a streak, a later one after a hole.
islands AS (
    SELECT user_id, day, day - row_number() OVER (PARTITION BY user_id ORDER BY day)::INTEGER AS island
    FROM days
)

SELECT
    user_id,
    rank() OVER (PARTITION BY user_id ORDER BY island)::INTEGER AS streak_no,
    min(day) AS first_day,
    max(day) AS last_day,
    count(*)::INTEGER AS n_days
FROM islands
GROUP BY user_id, island
