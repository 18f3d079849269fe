-- Two outcomes. What of the answers that nobody looked at, and of those that never arrived?
SELECT message_id, CASE WHEN is_refusal THEN 'declined' ELSE 'answered' END AS outcome
FROM turns
WHERE role = 'assistant'
