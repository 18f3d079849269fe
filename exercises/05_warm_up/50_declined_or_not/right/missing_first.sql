-- The missing value is taken out first; then two answers are enough.
SELECT message_id,
    CASE
        WHEN status <> 200 THEN 'failed'
        WHEN is_refusal IS NULL THEN 'not known'
        WHEN is_refusal THEN 'declined'
        ELSE 'answered'
    END AS outcome
FROM turns
WHERE role = 'assistant'
