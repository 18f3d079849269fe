SELECT message_id FROM turns WHERE date_diff('hour', date_trunc('hour', created_at), date_trunc('hour', completed_at)) > 1
