-- All labels of a message as a list; what was in force is filtered out of it for a given sheet.
WITH asked AS (
    SELECT t.conversation_id, t.turn_index,
        to_timestamp((floor((epoch_us(t.created_at) - 21600000000) / 86400000000) + 1) * 86400 + 21600) AS sheet_at,
        (
            SELECT list({'id': l.label_id, 'old': l.supersedes_id, 'at': l.available_at, 'risk': l.risk}
                ORDER BY l.available_at DESC, l.label_id)
            FROM safety_labels AS l
            WHERE l.message_id = t.message_id AND l.target_type = 'message'
        ) AS labels
    FROM turns AS t
    WHERE t.role = 'user' AND t.conversation_id IS NOT NULL
),
read_on AS (
    SELECT h.conversation_id, h.turn_index AS high_turn_index, h.sheet_at, e.turn_index,
        list_filter(e.labels, lambda l: l.at <= h.sheet_at) AS readable
    FROM asked AS h
    JOIN asked AS e ON e.conversation_id = h.conversation_id AND e.turn_index <= h.turn_index
    WHERE list_contains(list_transform(h.labels, lambda l: l.risk), 3)
),
judged AS (
    SELECT * EXCLUDE (readable),
        list_filter(readable, lambda l: NOT coalesce(list_contains(list_transform(readable, lambda n: n.old), l.id), false))[1].risk AS risk
    FROM read_on
)
SELECT high.sheet_at, high.conversation_id, max(low.turn_index) AS low_turn_index, high.high_turn_index
FROM judged AS high
JOIN judged AS low USING (conversation_id, high_turn_index)
WHERE high.turn_index = high.high_turn_index AND high.risk = 3 AND low.turn_index < high.high_turn_index AND low.risk <= 1
GROUP BY ALL
