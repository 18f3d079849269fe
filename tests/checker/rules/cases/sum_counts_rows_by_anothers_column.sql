SELECT t.role, sum(CASE WHEN c.surface = 'api' THEN 1 ELSE 0 END) AS n_api
FROM conversations AS c JOIN turns AS t ON t.conversation_id = c.conversation_id GROUP BY t.role
