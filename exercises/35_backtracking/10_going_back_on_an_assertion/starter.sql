-- Every assertion beside the claim before it. Which of these pairs belong together, and which are changes?
WITH unfolded AS (
    SELECT conversation_id, turn_index, unnest(claims, recursive := true)
    FROM turns
    WHERE role = 'assistant' AND conversation_id IS NOT NULL
)
SELECT
    conversation_id,
    key,
    unit,
    turn_index AS from_turn_index,
    turn_index AS to_turn_index,
    value AS from_value,
    value AS to_value,
    1::INTEGER AS change_no
FROM unfolded
WHERE key IS NOT NULL AND value IS NOT NULL
