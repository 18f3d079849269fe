SELECT conversation_id, text, 1 AS turns FROM turns
