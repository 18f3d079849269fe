-- mistake: a turn exactly 24 hours before the end of the log is censored; it was watched for the whole day
WITH ahead AS (
    SELECT surface, created_at,
        lead(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS next_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
judged AS (
    SELECT surface, created_at < ends_at - INTERVAL 24 HOURS AS is_watched,
        coalesce(next_at - created_at < INTERVAL 24 HOURS, false) AS is_followed
    FROM ahead
    CROSS JOIN log_window
)
SELECT surface,
    (count(*) FILTER (WHERE is_watched))::INTEGER AS n_watched,
    (count(*) FILTER (WHERE is_watched AND NOT is_followed))::INTEGER AS n_given_up,
    (count(*) FILTER (WHERE NOT is_watched))::INTEGER AS n_censored,
    (count(*) FILTER (WHERE is_watched AND NOT is_followed)) / nullif(count(*) FILTER (WHERE is_watched), 0)
        AS share_given_up
FROM judged
GROUP BY surface
