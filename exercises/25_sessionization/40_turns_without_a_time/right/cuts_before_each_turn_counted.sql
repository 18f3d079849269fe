-- Asks for each user turn how many cuts lie at or before it; a cut is a timed turn whose nearest timed one before is too far away.
WITH said AS (
    SELECT conversation_id, turn_index, created_at
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),
cuts AS (
    SELECT b.conversation_id, b.turn_index
    FROM said AS b
    JOIN said AS a ON a.conversation_id = b.conversation_id AND a.turn_index < b.turn_index
    WHERE epoch_us(b.created_at) - epoch_us(a.created_at) > 1800000000
        AND NOT EXISTS (
            SELECT 1
            FROM said AS between_them
            WHERE between_them.conversation_id = b.conversation_id AND between_them.created_at IS NOT NULL
                AND between_them.turn_index > a.turn_index AND between_them.turn_index < b.turn_index
        )
),
numbered AS (
    SELECT said.conversation_id, said.turn_index, any_value(said.created_at) AS created_at,
        1 + count(cuts.turn_index) AS sitting_no
    FROM said
    LEFT JOIN cuts ON cuts.conversation_id = said.conversation_id AND cuts.turn_index <= said.turn_index
    GROUP BY said.conversation_id, said.turn_index
)
SELECT conversation_id, sitting_no::INTEGER AS sitting_no, min(created_at) AS started_at, max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns, sum(CASE WHEN created_at IS NULL THEN 1 ELSE 0 END)::INTEGER AS n_untimed
FROM numbered
GROUP BY conversation_id, sitting_no
