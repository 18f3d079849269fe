SELECT *, row_number() OVER (ORDER BY started_at) AS place FROM (SELECT * FROM conversations LIMIT 1)
-- expect: STY001 1:94
