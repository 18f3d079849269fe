WITH
-- What counts as being there, each turn with the silence since the user's turn before it: feeds both limits.
silences AS (
    SELECT
        user_id,
        created_at - lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at) AS silence
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),

-- One row per user: the first session, and one more for each silence that is too long for the limit.
counted AS (
    SELECT
        user_id,
        1 + count(*) FILTER (WHERE silence > INTERVAL 30 MINUTES) AS sessions_30,
        1 + count(*) FILTER (WHERE silence > INTERVAL 60 MINUTES) AS sessions_60
    FROM silences
    GROUP BY user_id
)

SELECT
    user_id,
    sessions_30::INTEGER AS sessions_30,
    sessions_60::INTEGER AS sessions_60
FROM counted
WHERE sessions_30 > sessions_60
