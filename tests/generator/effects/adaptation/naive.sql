-- The same questions by calendar: the second half of the log against the first.
WITH
answered AS (
    SELECT coalesce(answer.completed_at, answer.created_at) AS moment, answer.is_refusal::INTEGER AS refused
    FROM turns AS question
    JOIN turns AS answer USING (conversation_id, exchange_index)
    WHERE question.role = 'user' AND question.risk = 'medium'
        AND answer.role = 'assistant' AND answer.is_refusal IS NOT NULL
)

SELECT avg(refused) FILTER (moment >= starts_at + (ends_at - starts_at) / 2)
    / avg(refused) FILTER (moment < starts_at + (ends_at - starts_at) / 2) AS later_to_first
FROM answered
CROSS JOIN log_window
