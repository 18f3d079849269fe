SELECT message_id, (SELECT count(*) FROM unnest(content) AS u(b)) AS blocks FROM message_events
