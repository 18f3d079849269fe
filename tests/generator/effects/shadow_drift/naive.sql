-- Topics of all requests of the experiment.
WITH
requests AS (
    SELECT DISTINCT unit_id, exposed_at >= started_at + (ended_at - started_at) / 2 AS later, metadata.topic AS topic
    FROM exposures
    JOIN experiments USING (experiment_id, arm)
    JOIN message_events ON message_events.request_id = exposures.unit_id AND message_events.role = 'assistant'
    WHERE experiment_id = 'exp_max_shadow' AND metadata.topic IS NOT NULL
)

SELECT avg((topic = 'coding')::INTEGER) FILTER (NOT later) AS first_half,
    avg((topic = 'coding')::INTEGER) FILTER (later) AS second_half
FROM requests
