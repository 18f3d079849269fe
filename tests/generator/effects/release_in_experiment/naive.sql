-- Arms compared over everything that their users were answered.
SELECT avg(output_tokens) FILTER (arm = 'short') / avg(output_tokens) FILTER (arm = 'control') - 1 AS old_version
FROM (SELECT DISTINCT unit_id AS user_ref, arm FROM exposures WHERE experiment_id = 'exp_shorter_answers')
JOIN conversations USING (user_ref)
JOIN turns USING (conversation_id)
WHERE role = 'assistant'
