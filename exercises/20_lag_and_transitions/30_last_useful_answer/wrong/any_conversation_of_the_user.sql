-- mistake: looks for the last useful answer among all conversations of the user
WITH answers AS (
    SELECT conversation_id, user_id, turn_index, message_id, is_refusal, status, completed_at
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),
carried AS (
    SELECT conversation_id, turn_index, is_refusal, completed_at,
        last_value(CASE WHEN status = 200 AND NOT is_refusal THEN {'i': turn_index, 'at': completed_at} END IGNORE NULLS)
            OVER (
                PARTITION BY coalesce(user_id, conversation_id) ORDER BY turn_index, message_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS answer
    FROM answers
)
SELECT conversation_id, turn_index, answer.i AS answer_index, epoch(completed_at - answer.at) AS seconds_since,
    row_number() OVER (PARTITION BY conversation_id, answer.i ORDER BY turn_index)::INTEGER AS refusals_since
FROM carried
WHERE is_refusal
