SELECT b.type, count(*) FROM message_events, unnest(content) AS u(b) GROUP BY b.type
