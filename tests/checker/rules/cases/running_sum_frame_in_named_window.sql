SELECT message_id, sum(output_tokens) OVER w AS so_far FROM turns
WINDOW w AS (PARTITION BY conversation_id ORDER BY turn_index ROWS UNBOUNDED PRECEDING)
