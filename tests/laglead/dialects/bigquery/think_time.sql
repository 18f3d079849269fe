-- dialect: bigquery
WITH looked_back AS (
    SELECT
        conversation_id,
        turn_index,
        role,
        created_at,
        MAX(IF(role = 'assistant', turn_index, NULL)) OVER (
            PARTITION BY conversation_id ORDER BY turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS answer_index
    FROM turns
    WHERE conversation_id IS NOT NULL
)

SELECT
    asked.conversation_id,
    asked.turn_index,
    TIMESTAMP_DIFF(asked.created_at, answer.completed_at, MICROSECOND) / 1000000 AS think_seconds
FROM looked_back AS asked
LEFT JOIN turns AS answer
    ON answer.conversation_id = asked.conversation_id AND answer.turn_index = asked.answer_index
WHERE asked.role = 'user'
