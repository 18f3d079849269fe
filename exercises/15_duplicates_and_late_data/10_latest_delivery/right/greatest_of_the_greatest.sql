-- Two steps as the sentence says them: the greatest arrival, then the greatest number among those.
WITH arrivals AS (
    SELECT event_id, max(ingested_at) AS ingested_at, count(*) AS deliveries
    FROM message_events
    WHERE event_id IS NOT NULL
    GROUP BY event_id
),
chosen AS (
    SELECT max(e.ingest_seq) AS ingest_seq, any_value(a.deliveries) AS deliveries
    FROM message_events AS e
    JOIN arrivals AS a ON a.event_id = e.event_id AND a.ingested_at = e.ingested_at
    GROUP BY e.event_id
)
SELECT e.event_id, e.ingested_at, e.ingest_seq, e.status, e.usage.output_tokens AS output_tokens,
    coalesce(c.deliveries, 1)::INTEGER AS deliveries
FROM message_events AS e
LEFT JOIN chosen AS c ON c.ingest_seq = e.ingest_seq
WHERE e.event_id IS NULL OR c.ingest_seq IS NOT NULL
