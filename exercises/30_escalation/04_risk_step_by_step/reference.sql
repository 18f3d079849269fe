WITH
-- The user turns with their label as a number, NULL where nobody looked: labels can then be compared.
ranked AS (
    SELECT
        conversation_id,
        turn_index,
        list_position(['low', 'medium', 'high'], risk) AS level
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),

-- Each user turn beside the one before it; its number tells a first turn from one that follows an unlabelled turn.
beside AS (
    SELECT
        *,
        row_number() OVER in_order AS user_turn,
        lag(level) OVER in_order AS level_before
    FROM ranked
    WINDOW in_order AS (PARTITION BY conversation_id ORDER BY turn_index)
)

SELECT
    conversation_id,
    count(*)::INTEGER AS user_turns,
    list(
        CASE
            WHEN level > level_before THEN 'up'
            WHEN level < level_before THEN 'down'
            WHEN level = level_before THEN 'same'
            WHEN user_turn = 1 THEN 'start'
            ELSE 'unknown'
        END
        ORDER BY turn_index
    ) AS steps
FROM beside
GROUP BY conversation_id
