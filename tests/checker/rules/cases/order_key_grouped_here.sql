SELECT date_trunc('day', created_at) AS day, sum(count(*)) OVER (ORDER BY date_trunc('day', created_at)) AS so_far
FROM turns GROUP BY 1
