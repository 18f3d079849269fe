SELECT user_id, sum(output_tokens) OVER (PARTITION BY user_id ORDER BY created_at
    RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
FROM turns
