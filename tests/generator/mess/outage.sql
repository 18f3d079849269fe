-- Answered calls between two that an outage took: of the same model and region, within an hour.
WITH calls AS (
    SELECT
        model,
        region,
        created_at,
        status < 500 AS answered,
        message_id IN (SELECT id FROM ledger WHERE kind = 'outage') AS taken
    FROM message_events
    WHERE role = 'assistant' AND region IS NOT NULL
)

SELECT count(*) AS n
FROM calls
WHERE answered
    AND EXISTS (
        FROM calls AS before
        JOIN calls AS after ON after.model = before.model AND after.region = before.region
        WHERE before.taken AND after.taken
            AND before.model = calls.model AND before.region = calls.region
            AND before.created_at <= calls.created_at AND after.created_at >= calls.created_at
            AND after.created_at < before.created_at + INTERVAL 1 HOUR
    )
