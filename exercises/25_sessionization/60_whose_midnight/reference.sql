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

-- The same with the active day before: feeds the holes.
beside AS (
    SELECT user_id, day, lag(day) OVER (PARTITION BY user_id ORDER BY day) AS day_before
    FROM days
),

-- A day opens a streak unless the active day before is yesterday; the openings so far are the streak's number.
numbered AS (
    SELECT
        user_id,
        day,
        sum(CASE WHEN day - day_before = 1 THEN 0 ELSE 1 END) OVER (
            PARTITION BY user_id
            ORDER BY day
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS streak_no
    FROM beside
)

SELECT
    user_id,
    streak_no::INTEGER AS streak_no,
    min(day) AS first_day,
    max(day) AS last_day,
    count(*)::INTEGER AS n_days
FROM numbered
GROUP BY user_id, streak_no
