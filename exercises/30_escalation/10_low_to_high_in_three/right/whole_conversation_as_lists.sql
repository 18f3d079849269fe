-- One list of labels per conversation; the pair is found by place, and the path is a slice.
WITH listed AS (
    SELECT user_id, conversation_id,
        list(coalesce(risk, 'unlabelled') ORDER BY turn_index) AS risks,
        list(turn_index ORDER BY turn_index) AS places
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL
    GROUP BY ALL
),
candidates AS (
    SELECT *, list_filter(
        range(2, len(risks) + 1),
        lambda j: risks[j] = 'high' AND list_contains(risks[greatest(j - 3, 1):j - 1], 'low')
    ) AS highs
    FROM listed
),
found AS (
    SELECT *, highs[1] AS j,
        CASE 'low' WHEN risks[highs[1] - 1] THEN 1 WHEN risks[highs[1] - 2] THEN 2 ELSE 3 END AS apart
    FROM candidates
    WHERE len(highs) > 0
)
SELECT user_id, conversation_id,
    places[j - apart] AS low_turn_index, places[j] AS high_turn_index,
    apart AS user_turns_apart, risks[j - apart:j] AS path
FROM found
