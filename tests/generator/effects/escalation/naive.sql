-- Conversations with a low and a high turn, in whatever order and distance.
SELECT count(*) AS conversations
FROM (
    FROM turns
    SELECT 1
    WHERE role = 'user' AND conversation_id IS NOT NULL
    GROUP BY conversation_id
    HAVING bool_or(risk = 'low') AND bool_or(risk = 'high')
)
