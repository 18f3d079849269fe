-- mistake: partitions by event_id alone, which keeps only one of all deliveries without an event_id
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY event_id)::INTEGER AS deliveries
FROM message_events
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY ingested_at DESC, ingest_seq DESC) = 1
