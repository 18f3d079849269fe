-- The whole answer is carried forward: a struct that holds a NULL clock is itself not NULL, so it is not skipped.
WITH carried AS (
    SELECT conversation_id, turn_index, role, created_at,
        last_value(CASE WHEN role = 'assistant' THEN {'ended': completed_at} END IGNORE NULLS) OVER (
            PARTITION BY conversation_id ORDER BY turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS answer
    FROM turns
    WHERE conversation_id IS NOT NULL
)
SELECT think_seconds, turn_index, conversation_id
FROM (
    SELECT conversation_id, turn_index, epoch(created_at) - epoch(answer.ended) AS think_seconds
    FROM carried
    WHERE role = 'user'
)
