-- expect: TIM001 2:8
SELECT datediff('minute', created_at, completed_at) / 60.0 AS hours FROM turns
