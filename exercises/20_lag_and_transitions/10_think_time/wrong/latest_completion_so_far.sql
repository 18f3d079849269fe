-- mistake: takes the latest completed_at seen so far; where clocks disagree that is not the previous answer's
SELECT conversation_id, turn_index, epoch(created_at - answered_at) AS think_seconds
FROM (
    SELECT conversation_id, turn_index, role, created_at,
        max(CASE WHEN role = 'assistant' THEN completed_at END) OVER (
            PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS answered_at
    FROM turns
    WHERE conversation_id IS NOT NULL
)
WHERE role = 'user'
