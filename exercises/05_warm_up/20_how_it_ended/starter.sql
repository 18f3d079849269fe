-- Every turn, as if each were the last one. Which of them is?
SELECT conversation_id, turn_index, role, created_at, stop_reason
FROM turns
WHERE conversation_id IS NOT NULL
