SELECT created_at::DATE AS day, count(*)::INTEGER AS n FROM turns GROUP BY day ORDER BY n DESC
