-- expect: WIN006 3:9
SELECT * FROM message_events
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY ingested_at DESC) = 1
