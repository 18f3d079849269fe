-- mistake: treats deliveries of one message_id as one event; only event_id says that
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    count(*) OVER (PARTITION BY message_id)::INTEGER AS deliveries
FROM message_events
QUALIFY row_number() OVER (PARTITION BY message_id ORDER BY ingested_at DESC, ingest_seq DESC) = 1
