-- Users who got an answer of the incident's model in its region while it lasted, counted for each incident.
SELECT count(DISTINCT (incident_id, conversations.user_ref))
FROM incidents
JOIN message_events AS answer
    ON answer.role = 'assistant'
    AND regexp_replace(answer.model, '-\d{4}-.*', '') = regexp_replace(incidents.release_version, '-\d{4}-.*', '')
    AND answer.created_at >= incidents.started_at
    AND answer.created_at < incidents.resolved_at
JOIN conversations USING (conversation_id)
WHERE incidents.kind = 'misrouting' AND answer.region = incidents.region
