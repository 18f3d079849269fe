WITH heard AS (
    SELECT DISTINCT user_ref, true AS was_heard
    FROM feedback
)
SELECT c.user_ref, count(*)::INTEGER AS n_conversations, max(c.started_at) AS last_started_at
FROM conversations AS c
LEFT JOIN heard AS h ON h.user_ref = c.user_ref
WHERE h.was_heard IS NULL AND c.user_ref IS NOT NULL
GROUP BY c.user_ref
