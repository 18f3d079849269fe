SELECT message_id FROM turns WHERE date_diff('day', created_at::DATE, completed_at::DATE) > 7
