-- expect: TIM001 2:8
SELECT datediff('second', created_at, completed_at) / 60.0 AS minutes FROM turns
