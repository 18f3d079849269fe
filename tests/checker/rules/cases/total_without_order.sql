SELECT message_id, sum(output_tokens) OVER (PARTITION BY user_id) AS total FROM turns
