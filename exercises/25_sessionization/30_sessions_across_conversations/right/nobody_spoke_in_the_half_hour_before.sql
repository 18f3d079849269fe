-- An opening is an instant before which the user was silent for half an hour; each turn joins the latest opening.
WITH activity AS (
    SELECT user_id, conversation_id, created_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
),
openings AS (
    SELECT DISTINCT user_id, created_at AS opened_at
    FROM activity AS later
    WHERE NOT EXISTS (
        SELECT 1
        FROM activity AS earlier
        WHERE earlier.user_id = later.user_id
            AND earlier.created_at < later.created_at
            AND earlier.created_at + INTERVAL 30 MINUTES >= later.created_at
    )
),
joined AS (
    SELECT a.user_id, o.opened_at, a.created_at, a.conversation_id
    FROM activity AS a
    ASOF JOIN openings AS o ON a.user_id = o.user_id AND a.created_at >= o.opened_at
)
SELECT
    user_id,
    row_number() OVER (PARTITION BY user_id ORDER BY opened_at)::INTEGER AS session_no,
    opened_at AS started_at,
    max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns,
    count(DISTINCT conversation_id)::INTEGER AS n_conversations,
    (
        SELECT date_diff('microsecond', max(before.created_at), opened_at) / 60000000.0
        FROM activity AS before
        WHERE before.user_id = joined.user_id AND before.created_at < joined.opened_at
    ) AS minutes_since_previous
FROM joined
GROUP BY user_id, opened_at
