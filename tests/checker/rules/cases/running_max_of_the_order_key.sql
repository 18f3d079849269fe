SELECT message_id, max(created_at) OVER (PARTITION BY user_id ORDER BY created_at) AS latest FROM turns
