-- Two counts of their own, joined by surface at the end.
WITH numbered AS (
    SELECT conversation_id, surface, created_at,
        row_number() OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS n
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
paired AS (
    SELECT a.surface, a.created_at + INTERVAL 24 HOURS AS day_over, b.created_at AS next_at
    FROM numbered AS a
    LEFT JOIN numbered AS b ON b.conversation_id = a.conversation_id AND b.n = a.n + 1
),
watched AS (
    SELECT surface, count(*) AS n, count(*) FILTER (WHERE next_at IS NULL OR next_at >= day_over) AS given_up
    FROM paired
    WHERE day_over <= (SELECT max(ends_at) FROM log_window)
    GROUP BY surface
),
censored AS (
    SELECT surface, count(*) AS n
    FROM paired
    WHERE day_over > (SELECT max(ends_at) FROM log_window)
    GROUP BY surface
)
SELECT coalesce(w.surface, c.surface) AS surface, coalesce(w.n, 0)::INTEGER AS n_watched,
    coalesce(given_up, 0)::INTEGER AS n_given_up, coalesce(c.n, 0)::INTEGER AS n_censored, given_up / w.n AS share_given_up
FROM watched AS w
FULL JOIN censored AS c ON w.surface IS NOT DISTINCT FROM c.surface
