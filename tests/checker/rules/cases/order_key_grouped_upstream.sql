WITH days AS (SELECT created_at::DATE AS day, count(*) AS n FROM turns GROUP BY day)
SELECT day, lag(n) OVER (ORDER BY day) AS before, sum(n) OVER (ORDER BY day) AS so_far FROM days
