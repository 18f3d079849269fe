-- mistake: leaves out the deliveries without an event_id
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY event_id)::INTEGER AS deliveries
FROM message_events
WHERE event_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY ingested_at DESC, ingest_seq DESC) = 1
