SELECT created_at::DATE AS day, 1 AS n FROM turns
