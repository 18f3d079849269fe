-- mistake: the ELSE takes the answers that nobody classified and calls them answered
SELECT message_id,
    CASE WHEN status <> 200 THEN 'failed' WHEN is_refusal THEN 'declined' ELSE 'answered' END AS outcome
FROM turns
WHERE role = 'assistant'
