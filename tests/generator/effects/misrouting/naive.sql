-- Answers taken for independent: the next one is misrouted as often as any.
WITH
answers AS (
    SELECT incident_id, user_ref, answer.created_at, message_id, (answer.model = release_version)::INTEGER AS misrouted
    FROM incidents
    JOIN message_events AS answer
        ON answer.role = 'assistant'
        AND regexp_replace(answer.model, '-\d{4}-.*', '') = regexp_replace(release_version, '-\d{4}-.*', '')
        AND regexp_matches(answer.model, '-\d{4}-')
        AND answer.region = incidents.region
        AND answer.created_at BETWEEN incidents.started_at AND incidents.resolved_at
    WHERE incidents.kind = 'misrouting' AND NOT starts_with(user_ref, 'ip_')
    QUALIFY row_number() OVER (PARTITION BY message_id ORDER BY ingest_seq) = 1
)

SELECT avg(misrouted) AS again
FROM answers
