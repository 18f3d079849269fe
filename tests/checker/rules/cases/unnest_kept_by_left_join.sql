SELECT message_id, count(b) FROM message_events LEFT JOIN unnest(content) AS u(b) ON TRUE GROUP BY message_id
