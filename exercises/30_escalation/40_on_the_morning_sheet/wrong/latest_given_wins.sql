-- mistake: takes the label that was given last instead of the one that became readable last
WITH asked AS (
    SELECT message_id, conversation_id, turn_index,
        date_trunc('day', created_at - INTERVAL 6 HOURS) + INTERVAL 30 HOURS AS sheet_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
labels AS (
    SELECT * FROM safety_labels WHERE target_type = 'message'
),
pairs AS (
    SELECT h.sheet_at, h.conversation_id, h.turn_index AS high_turn_index, t.turn_index, t.message_id
    FROM asked AS h
    JOIN asked AS t ON t.conversation_id = h.conversation_id AND t.turn_index <= h.turn_index
    WHERE h.sheet_at IS NOT NULL
),
known AS (
    SELECT pairs.*, l.risk
    FROM pairs
    JOIN labels AS l ON l.message_id = pairs.message_id AND l.available_at <= pairs.sheet_at
    WHERE NOT EXISTS (
        SELECT 1 FROM labels AS newer
        WHERE newer.supersedes_id = l.label_id AND newer.available_at <= pairs.sheet_at
    )
    QUALIFY row_number() OVER (
        PARTITION BY pairs.conversation_id, high_turn_index, turn_index ORDER BY l.labelled_at DESC, l.label_id
    ) = 1
)
SELECT sheet_at, conversation_id, max(turn_index) FILTER (WHERE risk < 2 AND turn_index < high_turn_index) AS low_turn_index,
    high_turn_index
FROM known
GROUP BY sheet_at, conversation_id, high_turn_index
HAVING max(risk) FILTER (WHERE turn_index = high_turn_index) = 3 AND low_turn_index IS NOT NULL
