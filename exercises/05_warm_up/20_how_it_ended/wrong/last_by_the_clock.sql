-- mistake: takes the turn with the latest created_at; clocks are skewed, tied and missing, turn_index is not
SELECT conversation_id, turn_index, role, created_at, stop_reason
FROM turns
WHERE conversation_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY conversation_id ORDER BY created_at DESC NULLS LAST, turn_index DESC) = 1
