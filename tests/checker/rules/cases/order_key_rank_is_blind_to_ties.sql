SELECT message_id, rank() OVER (PARTITION BY user_id ORDER BY created_at) AS place,
    dense_rank() OVER (PARTITION BY user_id ORDER BY created_at) AS dense
FROM turns
