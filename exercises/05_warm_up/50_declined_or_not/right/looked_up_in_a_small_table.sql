-- The outcomes as a table; a join that treats a missing value as one of three.
SELECT t.message_id, CASE t.status WHEN 200 THEN o.outcome ELSE 'failed' END AS outcome
FROM turns AS t
JOIN (VALUES (true, 'declined'), (false, 'answered'), (NULL, 'not known')) AS o (is_refusal, outcome)
    ON t.is_refusal IS NOT DISTINCT FROM o.is_refusal
WHERE t.role = 'assistant'
