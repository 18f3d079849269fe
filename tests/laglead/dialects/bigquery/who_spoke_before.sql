-- dialect: bigquery
SELECT
    conversation_id,
    turn_index,
    role,
    LAG(role) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS previous_role
FROM turns
WHERE conversation_id IS NOT NULL
