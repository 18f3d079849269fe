WITH
-- every turn with the end of the assistant's answer before it
answers AS (
    SELECT conversation_id, turn_index, role, created_at,
        last_value(CASE WHEN role = 'assistant' THEN completed_at END IGNORE NULLS) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS answered_at
    FROM turns
    WHERE conversation_id IS NOT NULL
)
SELECT conversation_id, turn_index, epoch(created_at - answered_at) AS think_seconds
FROM answers
WHERE role = 'user'
