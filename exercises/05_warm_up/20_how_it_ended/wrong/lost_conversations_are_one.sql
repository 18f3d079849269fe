-- mistake: the turns without a conversation are taken for one conversation, which ends too
SELECT conversation_id, turn_index, role, created_at, stop_reason
FROM turns
QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC, message_id) = 1
