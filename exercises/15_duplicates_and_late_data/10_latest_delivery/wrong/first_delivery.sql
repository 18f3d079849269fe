-- mistake: keeps the first delivery of each event instead of the latest
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END)::INTEGER AS deliveries
FROM message_events
QUALIFY row_number() OVER (
    PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END ORDER BY ingested_at, ingest_seq
) = 1
