SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS place FROM turns
