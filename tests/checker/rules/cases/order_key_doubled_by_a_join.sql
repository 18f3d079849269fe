-- expect: WIN006 2:37
SELECT t.message_id, f.feedback_id, row_number() OVER (PARTITION BY t.conversation_id ORDER BY t.turn_index) AS place
FROM turns AS t JOIN feedback AS f USING (message_id)
