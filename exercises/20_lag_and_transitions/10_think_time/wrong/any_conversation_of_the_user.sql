-- mistake: looks for the previous answer among all conversations of the user
WITH looked_back AS (
    SELECT conversation_id, turn_index, role, created_at,
        last_value(CASE WHEN role = 'assistant' THEN {'ended': completed_at} END IGNORE NULLS) OVER (
            PARTITION BY user_id ORDER BY turn_index, message_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS answer
    FROM turns
    WHERE conversation_id IS NOT NULL
)
SELECT conversation_id, turn_index, epoch(created_at - answer.ended) AS think_seconds
FROM looked_back
WHERE role = 'user'
