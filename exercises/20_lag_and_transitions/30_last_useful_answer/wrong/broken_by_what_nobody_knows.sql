-- mistake: a turn that is neither starts the count again; it was to be passed over
WITH numbered AS (
    SELECT conversation_id, turn_index, is_refusal, completed_at,
        max(turn_index) FILTER (WHERE status = 200 AND NOT is_refusal) OVER before AS answer_index,
        coalesce(max(turn_index) FILTER (WHERE is_refusal IS NOT TRUE) OVER before, 0) AS broken_at
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
    WINDOW before AS (
        PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT n.conversation_id, n.turn_index, n.answer_index, epoch(n.completed_at - a.completed_at) AS seconds_since,
    row_number() OVER (PARTITION BY n.conversation_id, n.broken_at ORDER BY n.turn_index)::INTEGER AS refusals_since
FROM numbered AS n
LEFT JOIN turns AS a ON a.conversation_id = n.conversation_id AND a.turn_index = n.answer_index
WHERE n.is_refusal
