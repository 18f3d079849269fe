SELECT user_id, created_at, row_number() OVER (PARTITION BY user_id ORDER BY created_at) AS place FROM turns
