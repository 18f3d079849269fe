-- expect: UNN001 2:65
SELECT message_id, count(*) AS blocks FROM message_events AS m, unnest(m.content) AS u(b) GROUP BY message_id
