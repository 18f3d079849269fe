SELECT message_id FROM turns WHERE date_diff('hour', created_at::DATE, DATE '2026-01-01') > 48
