SELECT message_id FROM turns WHERE message_id NOT IN (SELECT message_id FROM feedback)
