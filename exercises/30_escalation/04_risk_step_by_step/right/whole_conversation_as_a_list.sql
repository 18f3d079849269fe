-- The labels of a conversation as one list; a step is looked up by the pair of labels at two neighbouring places.
WITH listed AS (
    SELECT conversation_id, list(coalesce(risk, '?') ORDER BY turn_index) AS risks
    FROM turns
    WHERE role = 'user' AND conversation_id IS NOT NULL
    GROUP BY conversation_id
)
SELECT conversation_id, len(risks)::INTEGER AS user_turns,
    list_transform(risks, lambda risk, i: CASE
        WHEN i = 1 THEN 'start'
        WHEN '?' IN (risk, risks[i - 1]) THEN 'unknown'
        WHEN risk = risks[i - 1] THEN 'same'
        WHEN risk = 'high' OR risks[i - 1] = 'low' THEN 'up'
        ELSE 'down'
    END) AS steps
FROM listed
