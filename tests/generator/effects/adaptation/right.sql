-- Medium-risk questions by how many conversations their user had begun before; addresses are not users.
WITH
ranked AS (
    SELECT conversation_id, row_number() OVER (PARTITION BY user_ref ORDER BY started_at, conversation_id) AS nth
    FROM conversations
    WHERE user_ref IS NOT NULL AND NOT starts_with(user_ref, 'ip_')
),

answered AS (
    SELECT ranked.nth, answer.is_refusal::INTEGER AS refused
    FROM turns AS question
    JOIN turns AS answer USING (conversation_id, exchange_index)
    JOIN ranked USING (conversation_id)
    WHERE question.role = 'user' AND question.risk = 'medium'
        AND answer.role = 'assistant' AND answer.is_refusal IS NOT NULL
)

SELECT avg(refused) FILTER (nth >= 4) / avg(refused) FILTER (nth = 1) AS later_to_first
FROM answered
