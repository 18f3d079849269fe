-- mistake: the last useful answer is the last by created_at; turn_index is the order that counts
WITH answers AS (
    SELECT conversation_id, turn_index, role, is_refusal, status, created_at, completed_at
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),
found AS (
    SELECT r.conversation_id, r.turn_index, r.completed_at, (
            SELECT a.turn_index
            FROM answers AS a
            WHERE a.conversation_id = r.conversation_id AND a.created_at < r.created_at AND a.status = 200
                AND NOT a.is_refusal
            ORDER BY a.created_at DESC, a.turn_index DESC
            LIMIT 1
        ) AS answer_index
    FROM answers AS r
    WHERE r.is_refusal
)
SELECT f.conversation_id, f.turn_index, f.answer_index, epoch(f.completed_at - a.completed_at) AS seconds_since,
    row_number() OVER (PARTITION BY f.conversation_id, f.answer_index ORDER BY f.turn_index)::INTEGER AS refusals_since
FROM found AS f
LEFT JOIN answers AS a ON a.conversation_id = f.conversation_id AND a.turn_index = f.answer_index
