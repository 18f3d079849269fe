-- Votes on the requests that were exposed to the arm.
SELECT count(*) AS votes
FROM (SELECT DISTINCT unit_id FROM exposures WHERE arm = 'shadow') AS exposures
JOIN message_events ON message_events.request_id = exposures.unit_id AND message_events.role = 'assistant'
JOIN feedback USING (message_id)
