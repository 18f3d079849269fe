-- mistake: drops tool and system rows, then looks one row back; after two user turns in a row it finds no answer
SELECT conversation_id, turn_index, epoch(created_at - previous_completed_at) AS think_seconds
FROM (
    SELECT conversation_id, turn_index, role, created_at,
        lag(CASE WHEN role = 'assistant' THEN completed_at END)
            OVER (PARTITION BY conversation_id ORDER BY turn_index) AS previous_completed_at
    FROM turns
    WHERE conversation_id IS NOT NULL AND role IN ('user', 'assistant')
)
WHERE role = 'user'
