SELECT message_id FROM turns
WHERE completed_at - created_at > INTERVAL 30 MINUTES OR date_sub('minute', created_at, completed_at) > 30
