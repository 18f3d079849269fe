-- mistake: keeps every delivery that shares the greatest ingested_at, so a tie yields two rows for one event
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END)::INTEGER AS deliveries
FROM message_events
QUALIFY rank() OVER (
    PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END ORDER BY ingested_at DESC
) = 1
