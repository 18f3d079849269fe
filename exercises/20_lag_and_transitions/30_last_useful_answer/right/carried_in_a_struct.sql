-- The whole answer is carried forward; a struct that holds a NULL clock is itself not NULL, so it is not passed over.
WITH carried AS (
    SELECT conversation_id, turn_index, is_refusal, completed_at,
        last_value(CASE WHEN status = 200 AND NOT is_refusal THEN {'place': turn_index, 'ended': completed_at} END IGNORE NULLS)
            OVER before AS answer,
        count(*) FILTER (WHERE status = 200 AND NOT is_refusal) OVER before AS useful_so_far
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
    WINDOW before AS (
        PARTITION BY conversation_id ORDER BY turn_index ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT conversation_id, turn_index, answer.place AS answer_index,
    epoch_us(completed_at - answer.ended) / 1e6 AS seconds_since,
    count(*) OVER (
        PARTITION BY conversation_id, useful_so_far ORDER BY turn_index
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )::INTEGER AS refusals_since
FROM carried
WHERE is_refusal
