-- Named and unnamed deliveries are treated apart; the whole latest row is kept as a struct.
WITH named AS (
    SELECT event_id, max({
            'at': ingested_at, 'seq': ingest_seq, 'status': status, 'tokens': usage.output_tokens
        }) AS latest,
        count(*) AS deliveries
    FROM message_events
    WHERE event_id IS NOT NULL
    GROUP BY event_id
)
SELECT event_id, latest.at AS ingested_at, latest.seq AS ingest_seq, latest.status AS status,
    latest.tokens AS output_tokens, deliveries
FROM named
UNION ALL
SELECT NULL, ingested_at, ingest_seq, status, usage.output_tokens, 1
FROM message_events
WHERE event_id IS NULL
