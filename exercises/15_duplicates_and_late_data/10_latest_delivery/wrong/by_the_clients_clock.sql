-- mistake: orders by created_at, the client's clock; all deliveries of an event share it, so chance picks the latest
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END)::INTEGER AS deliveries
FROM message_events
QUALIFY row_number() OVER (
    PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END ORDER BY created_at DESC
) = 1
