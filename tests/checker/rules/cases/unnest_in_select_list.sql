-- expect: UNN001 2:20
SELECT message_id, unnest(content) AS block FROM message_events
