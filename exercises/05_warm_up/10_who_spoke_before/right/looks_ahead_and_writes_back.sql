-- Each turn says who comes after it; the turn that comes after reads it there. First turns are added.
WITH ahead AS (
    SELECT conversation_id, role, lead(turn_index) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS next_index
    FROM turns
    WHERE conversation_id IS NOT NULL
)
SELECT t.conversation_id, t.turn_index, t.role, ahead.role AS previous_role
FROM turns AS t
LEFT JOIN ahead ON ahead.conversation_id = t.conversation_id AND ahead.next_index = t.turn_index
WHERE t.conversation_id IS NOT NULL
