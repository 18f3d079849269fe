SELECT user_id, turn_index, created_at - lag(created_at) OVER (PARTITION BY user_id ORDER BY created_at) AS gap FROM turns
