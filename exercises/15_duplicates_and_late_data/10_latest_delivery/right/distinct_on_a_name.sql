-- Each delivery gets a name that is never NULL and cannot collide; then one row per name, and a count beside it.
WITH named AS (
    SELECT *, CASE WHEN event_id IS NULL THEN 'delivery ' || ingest_seq ELSE 'event ' || event_id END AS name
    FROM message_events
),
counted AS (
    SELECT name, count(*) AS deliveries FROM named GROUP BY name
),
latest AS (
    SELECT DISTINCT ON (name) name, event_id, ingested_at, ingest_seq, status, usage
    FROM named
    ORDER BY name, ingested_at DESC, ingest_seq DESC
)
SELECT deliveries::INTEGER AS deliveries, event_id, ingested_at, ingest_seq, status, usage.output_tokens
FROM latest
JOIN counted USING (name)
