WITH silent AS (
    SELECT user_ref FROM conversations
    EXCEPT
    SELECT user_ref FROM feedback
)
SELECT silent.user_ref, count(*)::INTEGER AS n_conversations, max(c.started_at) AS last_started_at
FROM silent
JOIN conversations AS c ON c.user_ref = silent.user_ref
GROUP BY silent.user_ref
