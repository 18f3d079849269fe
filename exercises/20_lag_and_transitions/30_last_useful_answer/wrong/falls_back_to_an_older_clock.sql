-- mistake: when the last useful answer has no completed_at, the clock of an older one is used
WITH looked_back AS (
    SELECT conversation_id, turn_index, is_refusal, completed_at,
        max(turn_index) FILTER (WHERE status = 200 AND NOT is_refusal) OVER before AS answer_index,
        last_value(CASE WHEN status = 200 AND NOT is_refusal THEN completed_at END IGNORE NULLS) OVER before AS answered_at
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
    WINDOW before AS (
        PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT conversation_id, turn_index, answer_index, epoch(completed_at - answered_at) AS seconds_since,
    row_number() OVER (PARTITION BY conversation_id, answer_index ORDER BY turn_index)::INTEGER AS refusals_since
FROM looked_back
WHERE is_refusal
