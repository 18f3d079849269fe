-- mistake: when the previous answer has no completed_at it falls back to an older answer instead of NULL
SELECT conversation_id, turn_index, epoch(created_at - answered_at) AS think_seconds
FROM (
    SELECT conversation_id, turn_index, role, created_at,
        last_value(CASE WHEN role = 'assistant' THEN completed_at END IGNORE NULLS) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS answered_at
    FROM turns
    WHERE conversation_id IS NOT NULL
)
WHERE role = 'user'
