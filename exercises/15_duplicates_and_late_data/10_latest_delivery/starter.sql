-- Every delivery, as if each were an event. Which of them is an event's latest?
SELECT
    event_id,
    ingested_at,
    ingest_seq,
    status,
    usage.output_tokens AS output_tokens,
    1::INTEGER AS deliveries
FROM message_events
