-- A delivery is the latest when no later one of its event exists; without an event_id nothing can be later.
SELECT event_id, ingested_at, ingest_seq, status, usage.output_tokens AS output_tokens,
    greatest(1, (SELECT count(*) FROM message_events AS same WHERE same.event_id = kept.event_id))::INTEGER AS deliveries
FROM message_events AS kept
WHERE NOT EXISTS (
    SELECT 1
    FROM message_events AS later
    WHERE later.event_id = kept.event_id
        AND (later.ingested_at, later.ingest_seq) > (kept.ingested_at, kept.ingest_seq)
)
