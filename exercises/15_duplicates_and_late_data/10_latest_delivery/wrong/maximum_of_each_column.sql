-- mistake: takes the maximum of each column on its own, so the row reported was never delivered
SELECT
    event_id,
    max(ingested_at) AS ingested_at,
    max(ingest_seq) AS ingest_seq,
    max(status) AS status,
    max(usage.output_tokens) AS output_tokens,
    count(*)::INTEGER AS deliveries
FROM message_events
GROUP BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END
