-- expect: TIM001 2:22
WITH gaps AS (SELECT date_diff('minute', created_at, completed_at) AS minutes FROM turns)
SELECT count(*) FROM gaps WHERE minutes > 30
