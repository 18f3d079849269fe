-- mistake: looks for the last answer of the model; the last turn may be anybody's
SELECT conversation_id, turn_index, role, created_at, stop_reason
FROM turns
WHERE conversation_id IS NOT NULL AND role = 'assistant'
QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC) = 1
