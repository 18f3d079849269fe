-- mistake: calls the delivery with the greatest created_at the latest; that is the client's clock, not the arrival
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END)::INTEGER AS deliveries
FROM message_events
QUALIFY row_number() OVER (
    PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END
    ORDER BY created_at DESC NULLS LAST, ingest_seq DESC
) = 1
