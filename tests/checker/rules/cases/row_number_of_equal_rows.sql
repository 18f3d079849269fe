SELECT user_id, row_number() OVER (PARTITION BY user_id) AS place FROM turns
