-- mistake: nothing decides between two deliveries with the same ingested_at, so the answer depends on the row order
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END)::INTEGER AS deliveries
FROM message_events
QUALIFY row_number() OVER (
    PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END ORDER BY ingested_at DESC
) = 1
