-- One row for everybody who opened a conversation: those without a user_ref cannot be asked.
WITH openers AS (
    SELECT user_ref, count(*)::INTEGER AS n_conversations, max(started_at) AS last_started_at
    FROM conversations
    WHERE user_ref IS NOT NULL
    GROUP BY user_ref
)

SELECT user_ref, n_conversations, last_started_at
FROM openers
WHERE NOT EXISTS (SELECT 1 FROM feedback WHERE feedback.user_ref = openers.user_ref)
