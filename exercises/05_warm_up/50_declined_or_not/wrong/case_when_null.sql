-- mistake: CASE x WHEN NULL compares with NULL, which is never true, so unknown answers have no outcome
SELECT message_id,
    CASE
        WHEN status <> 200 THEN 'failed'
        ELSE CASE is_refusal WHEN true THEN 'declined' WHEN false THEN 'answered' WHEN NULL THEN 'not known' END
    END AS outcome
FROM turns
WHERE role = 'assistant'
