-- mistake: only statuses of 500 and more fail; 429 is not 200 either
SELECT message_id,
    CASE
        WHEN status >= 500 THEN 'failed'
        WHEN is_refusal THEN 'declined'
        WHEN NOT is_refusal THEN 'answered'
        ELSE 'not known'
    END AS outcome
FROM turns
WHERE role = 'assistant'
