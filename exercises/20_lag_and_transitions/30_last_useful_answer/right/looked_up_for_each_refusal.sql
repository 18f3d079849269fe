-- Asks for each refusal separately, for the answer and then for the number.
SELECT r.conversation_id, r.turn_index, a.turn_index AS answer_index,
    date_diff('microsecond', a.completed_at, r.completed_at) / 1000000.0 AS seconds_since,
    (
        SELECT count(*) FILTER (WHERE b.is_refusal)
        FROM turns AS b
        WHERE b.conversation_id = r.conversation_id AND b.role = 'assistant'
            AND b.turn_index BETWEEN coalesce(a.turn_index, 0) AND r.turn_index
    )::INTEGER AS refusals_since
FROM turns AS r
LEFT JOIN turns AS a
    ON a.conversation_id = r.conversation_id
    AND a.turn_index = (
        SELECT max(c.turn_index)
        FROM turns AS c
        WHERE c.conversation_id = r.conversation_id AND c.turn_index < r.turn_index AND c.role = 'assistant'
            AND c.status = 200 AND c.is_refusal IS FALSE
    )
WHERE r.role = 'assistant' AND r.is_refusal IS TRUE AND r.conversation_id IS NOT NULL
