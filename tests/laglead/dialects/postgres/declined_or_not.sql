-- dialect: postgres
SELECT
    message_id,
    CASE
        WHEN status <> 200 THEN 'failed'
        WHEN is_refusal THEN 'declined'
        WHEN NOT is_refusal THEN 'answered'
        ELSE 'not known'
    END AS outcome
FROM turns
WHERE role = 'assistant';
