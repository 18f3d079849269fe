-- dialect: postgres
SELECT DISTINCT ON (conversation_id) conversation_id, turn_index, role, created_at, stop_reason
FROM turns
WHERE conversation_id IS NOT NULL
ORDER BY conversation_id, turn_index DESC
