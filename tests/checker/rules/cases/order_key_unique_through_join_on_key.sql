SELECT t.*, c.started_at, row_number() OVER (PARTITION BY c.conversation_id ORDER BY t.turn_index) AS place
FROM turns AS t JOIN conversations AS c ON c.conversation_id = t.conversation_id
