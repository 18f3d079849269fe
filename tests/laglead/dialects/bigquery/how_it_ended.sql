-- dialect: bigquery
SELECT conversation_id, turn_index, role, created_at, stop_reason
FROM turns
WHERE conversation_id IS NOT NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY conversation_id ORDER BY turn_index DESC) = 1
