-- Asks for each turn whether something follows it within the day.
WITH said AS (
    SELECT conversation_id, turn_index, surface, created_at,
        created_at > (SELECT ends_at FROM log_window) - INTERVAL 1 DAY AS is_censored
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
judged AS (
    SELECT surface, is_censored, EXISTS (
            SELECT 1
            FROM said AS later
            WHERE later.conversation_id = said.conversation_id
                AND (later.created_at, later.turn_index) > (said.created_at, said.turn_index)
                AND later.created_at < said.created_at + INTERVAL 24 HOURS
        ) AS is_followed
    FROM said
)
SELECT surface,
    sum(CASE WHEN is_censored THEN 0 ELSE 1 END)::INTEGER AS n_watched,
    sum(CASE WHEN is_censored OR is_followed THEN 0 ELSE 1 END)::INTEGER AS n_given_up,
    sum(CASE WHEN is_censored THEN 1 ELSE 0 END)::INTEGER AS n_censored,
    avg(CASE WHEN is_censored THEN NULL WHEN is_followed THEN 0.0 ELSE 1.0 END) AS share_given_up
FROM judged
GROUP BY surface
