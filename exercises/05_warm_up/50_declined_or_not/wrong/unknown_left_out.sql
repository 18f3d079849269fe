-- mistake: the answers that nobody classified are not listed
SELECT message_id,
    CASE WHEN status <> 200 THEN 'failed' WHEN is_refusal THEN 'declined' ELSE 'answered' END AS outcome
FROM turns
WHERE role = 'assistant' AND (status <> 200 OR is_refusal IS NOT NULL)
