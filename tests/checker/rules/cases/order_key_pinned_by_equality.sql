SELECT message_id, row_number() OVER (ORDER BY turn_index) AS place FROM turns WHERE conversation_id = 'c1'
