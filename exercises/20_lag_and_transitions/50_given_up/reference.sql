WITH
-- Every user turn that counts, with the moment of the next one in its conversation: feeds "followed".
ahead AS (
    SELECT
        surface,
        created_at,
        lead(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS next_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),

-- Two questions that know nothing of each other: was it watched for a whole day, and was it followed within one?
judged AS (
    SELECT
        ahead.surface,
        ahead.created_at <= log_window.ends_at - INTERVAL 24 HOURS AS is_watched,
        coalesce(ahead.next_at - ahead.created_at < INTERVAL 24 HOURS, false) AS is_followed
    FROM ahead
    CROSS JOIN log_window
)

SELECT
    surface,
    (count(*) FILTER (WHERE is_watched))::INTEGER AS n_watched,
    (count(*) FILTER (WHERE is_watched AND NOT is_followed))::INTEGER AS n_given_up,
    (count(*) FILTER (WHERE NOT is_watched))::INTEGER AS n_censored,
    (count(*) FILTER (WHERE is_watched AND NOT is_followed))
        / nullif(count(*) FILTER (WHERE is_watched), 0) AS share_given_up
FROM judged
GROUP BY surface
