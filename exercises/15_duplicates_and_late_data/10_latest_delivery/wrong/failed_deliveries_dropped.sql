-- mistake: leaves out failed deliveries first, so an older one is reported or the event vanishes
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END)::INTEGER AS deliveries
FROM message_events
WHERE status < 400
QUALIFY row_number() OVER (
    PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END ORDER BY ingested_at DESC, ingest_seq DESC
) = 1
