-- expect: WIN004 3:23
WITH days AS (SELECT user_id, CAST(created_at AS DATE) AS day FROM turns GROUP BY ALL)
SELECT user_id, day - lag(day) OVER (ORDER BY day) AS hole FROM days
