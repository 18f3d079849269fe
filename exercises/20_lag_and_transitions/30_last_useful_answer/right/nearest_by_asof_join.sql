-- Refusals on one side, useful answers on the other, and the nearest one before; then the refusals in between are counted.
WITH refusals AS (
    SELECT conversation_id, turn_index, completed_at
    FROM turns
    WHERE role = 'assistant' AND is_refusal AND conversation_id IS NOT NULL
),
useful AS (
    SELECT conversation_id, turn_index, completed_at
    FROM turns
    WHERE role = 'assistant' AND status = 200 AND is_refusal = false AND conversation_id IS NOT NULL
),
found AS (
    SELECT r.conversation_id, r.turn_index, u.turn_index AS answer_index,
        epoch(r.completed_at) - epoch(u.completed_at) AS seconds_since
    FROM refusals AS r
    ASOF LEFT JOIN useful AS u ON r.conversation_id = u.conversation_id AND r.turn_index > u.turn_index
)
SELECT f.conversation_id, f.turn_index, f.answer_index, f.seconds_since,
    (
        SELECT count(*)
        FROM refusals AS r
        WHERE r.conversation_id = f.conversation_id AND r.turn_index <= f.turn_index
            AND r.turn_index > coalesce(f.answer_index, 0)
    )::INTEGER AS refusals_since
FROM found AS f
