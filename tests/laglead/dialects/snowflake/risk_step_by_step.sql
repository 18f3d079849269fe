-- dialect: snowflake
WITH ranked AS (
    SELECT
        conversation_id,
        turn_index,
        CASE risk WHEN 'low' THEN 1 WHEN 'medium' THEN 2 WHEN 'high' THEN 3 END AS level
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
),

beside AS (
    SELECT
        conversation_id,
        turn_index,
        level,
        ROW_NUMBER() OVER (PARTITION BY conversation_id ORDER BY turn_index) AS user_turn,
        LAG(level) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS level_before
    FROM ranked
),

named AS (
    SELECT
        conversation_id,
        turn_index,
        CASE
            WHEN user_turn = 1 THEN 'start'
            WHEN level IS NULL OR level_before IS NULL THEN 'unknown'
            WHEN level > level_before THEN 'up'
            WHEN level < level_before THEN 'down'
            ELSE 'same'
        END AS step
    FROM beside
)

SELECT conversation_id, COUNT(*) AS user_turns, ARRAY_AGG(step) WITHIN GROUP (ORDER BY turn_index) AS steps
FROM named
GROUP BY conversation_id
