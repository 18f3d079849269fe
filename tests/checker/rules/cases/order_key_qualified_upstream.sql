WITH one AS (
    SELECT * FROM message_events
    QUALIFY row_number() OVER (PARTITION BY conversation_id, created_at ORDER BY ingest_seq) = 1
)
SELECT *, lag(role) OVER (PARTITION BY conversation_id ORDER BY created_at) AS before FROM one
