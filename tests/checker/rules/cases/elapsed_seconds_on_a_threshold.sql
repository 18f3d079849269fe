-- expect: TIM001 2:36
SELECT message_id FROM turns WHERE date_diff('second', created_at, completed_at) > 30
