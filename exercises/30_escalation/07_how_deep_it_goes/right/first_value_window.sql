-- The first label stands beside every labelled turn; the measured conversations are joined back to all of them.
WITH labelled AS (
    SELECT user_id, conversation_id, list_position(['low', 'medium', 'high'], risk) AS level, turn_index
    FROM turns
    WHERE role = 'user' AND risk IS NOT NULL AND user_id IS NOT NULL AND conversation_id IS NOT NULL
),
beside AS (
    SELECT *,
        first_value(level) OVER (PARTITION BY conversation_id ORDER BY turn_index) AS first_level,
        count(*) OVER (PARTITION BY conversation_id) AS n_labels
    FROM labelled
),
depths AS (
    SELECT user_id, conversation_id, max(level - first_level) AS depth
    FROM beside
    WHERE n_labels > 1
    GROUP BY ALL
),
everyone AS (
    SELECT DISTINCT user_id, conversation_id
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
)
SELECT everyone.user_id, count(*)::INTEGER AS conversations, count(depths.conversation_id)::INTEGER AS measured,
    avg(depth) AS mean_depth
FROM everyone
LEFT JOIN depths ON depths.conversation_id = everyone.conversation_id AND depths.user_id = everyone.user_id
GROUP BY everyone.user_id
