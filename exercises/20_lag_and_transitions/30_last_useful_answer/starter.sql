-- The assistant turn before, as if it had been useful. Was it?
SELECT
    conversation_id,
    turn_index,
    lag(turn_index) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS answer_index,
    epoch(completed_at - lag(completed_at) OVER (PARTITION BY conversation_id ORDER BY turn_index)) AS seconds_since,
    1::INTEGER AS refusals_since
FROM turns
WHERE role = 'assistant' AND conversation_id IS NOT NULL
QUALIFY is_refusal
