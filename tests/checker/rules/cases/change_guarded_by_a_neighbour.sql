WITH beside AS (
    SELECT *, lag(turn_index) OVER earlier AS from_turn, lag(risk) OVER earlier AS before
    FROM turns
    WINDOW earlier AS (PARTITION BY conversation_id ORDER BY turn_index)
)
SELECT conversation_id, risk <> before AS has_changed FROM beside WHERE from_turn IS NOT NULL
