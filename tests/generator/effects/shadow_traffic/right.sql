-- Votes on answers that were shown by the arm that answered; a shadow's answers never were.
SELECT count(*) AS votes
FROM (SELECT DISTINCT unit_id FROM exposures WHERE arm = 'shadow' AND NOT is_shadow) AS exposures
JOIN message_events ON message_events.request_id = exposures.unit_id AND message_events.role = 'assistant'
JOIN feedback USING (message_id)
