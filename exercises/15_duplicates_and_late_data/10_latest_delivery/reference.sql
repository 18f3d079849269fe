WITH
-- Every delivery with the number of deliveries of its event and its place among them, newest first.
-- The partition keeps NULLs together, so a delivery that names no event is set apart by its own number.
ranked AS (
    SELECT
        event_id,
        ingested_at,
        ingest_seq,
        status,
        usage.output_tokens AS output_tokens,
        count(*) OVER (PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END) AS deliveries,
        row_number() OVER (
            PARTITION BY event_id, CASE WHEN event_id IS NULL THEN ingest_seq END
            ORDER BY ingest_seq DESC
        ) AS newest
    FROM message_events
)

SELECT event_id, ingested_at, ingest_seq, status, output_tokens, deliveries::INTEGER AS deliveries
FROM ranked
WHERE newest = 1
