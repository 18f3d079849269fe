-- expect: WIN001 2:20
SELECT message_id, sum(output_tokens) FILTER (WHERE role = 'assistant') OVER (PARTITION BY user_id ORDER BY created_at) AS n
FROM turns
