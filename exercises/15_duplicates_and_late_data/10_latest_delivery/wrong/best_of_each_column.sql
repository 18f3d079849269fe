-- mistake: takes the latest known value of each column; arg_max skips NULLs, so the row is put together from several
WITH named AS (
    SELECT *, coalesce('event ' || event_id, 'delivery ' || ingest_seq) AS name
    FROM message_events
)
SELECT
    any_value(event_id) AS event_id,
    max(ingested_at) AS ingested_at,
    arg_max(ingest_seq, {'at': ingested_at, 'seq': ingest_seq}) AS ingest_seq,
    arg_max(status, {'at': ingested_at, 'seq': ingest_seq}) AS status,
    arg_max(usage.output_tokens, {'at': ingested_at, 'seq': ingest_seq}) AS output_tokens,
    count(*)::INTEGER AS deliveries
FROM named
GROUP BY name
