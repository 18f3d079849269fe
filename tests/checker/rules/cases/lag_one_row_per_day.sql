SELECT day, n - lag(n) OVER (ORDER BY day) AS more
FROM (SELECT created_at::DATE AS day, count(*) AS n FROM feedback GROUP BY ALL)
