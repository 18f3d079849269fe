WITH
-- Every assistant turn with the place of the last useful answer before it: feeds the look-up of its clock, and groups.
looked_back AS (
    SELECT
        conversation_id,
        turn_index,
        is_refusal,
        completed_at,
        max(turn_index) FILTER (WHERE status = 200 AND NOT is_refusal) OVER (
            PARTITION BY conversation_id
            ORDER BY turn_index
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS answer_index
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
),

-- The refusals, each with how many there are so far of those that share their last useful answer, or share having none.
refusals AS (
    SELECT
        conversation_id,
        turn_index,
        completed_at,
        answer_index,
        count(*) OVER (PARTITION BY conversation_id, answer_index ORDER BY turn_index) AS refusals_since
    FROM looked_back
    WHERE is_refusal
)

SELECT
    r.conversation_id,
    r.turn_index,
    r.answer_index,
    epoch(r.completed_at - a.completed_at) AS seconds_since,
    r.refusals_since::INTEGER AS refusals_since
FROM refusals AS r
LEFT JOIN turns AS a ON a.conversation_id = r.conversation_id AND a.turn_index = r.answer_index
