-- mistake: is_refusal is asked first, so failed calls that carry it are declined or answered
SELECT message_id,
    CASE
        WHEN is_refusal THEN 'declined'
        WHEN NOT is_refusal THEN 'answered'
        WHEN status <> 200 THEN 'failed'
        ELSE 'not known'
    END AS outcome
FROM turns
WHERE role = 'assistant'
