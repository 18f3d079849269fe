-- mistake: tool and system rows are taken out first, so the turn before is another one
SELECT conversation_id, turn_index, role,
    lag(role) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS previous_role
FROM turns
WHERE conversation_id IS NOT NULL AND role IN ('user', 'assistant')
