SELECT conversation_id FROM turnz
