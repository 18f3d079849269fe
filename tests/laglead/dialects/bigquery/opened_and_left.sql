-- dialect: bigquery
SELECT c.conversation_id, c.started_at, COUNTIF(t.role = 'user') AS n_user_turns
FROM `conversations` AS c
LEFT JOIN `turns` AS t ON t.conversation_id = c.conversation_id
GROUP BY c.conversation_id, c.started_at
