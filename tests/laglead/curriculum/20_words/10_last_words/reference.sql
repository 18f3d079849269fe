SELECT conversation_id, text, count(*) OVER (PARTITION BY conversation_id)::INTEGER AS turns
FROM turns
QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC) = 1
