-- mistake: matches deliveries without an event_id by content_hash; two greetings are not one event
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY coalesce(event_id, content_hash))::INTEGER AS deliveries
FROM message_events
QUALIFY row_number() OVER (PARTITION BY coalesce(event_id, content_hash) ORDER BY ingested_at DESC, ingest_seq DESC) = 1
