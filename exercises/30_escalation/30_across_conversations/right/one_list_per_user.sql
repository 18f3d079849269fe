-- All low turns of a user as one list; each high turn filters it.
WITH known AS (
    SELECT user_id, conversation_id, turn_index, risk, created_at
    FROM turns
    WHERE role = 'user' AND user_id IS NOT NULL AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
lows AS (
    SELECT user_id, list({'c': conversation_id, 'at': created_at}) AS said
    FROM known
    WHERE risk = 'low'
    GROUP BY user_id
),
near AS (
    SELECT known.*,
        list_filter(said, lambda low: low.at < created_at AND low.at >= created_at - INTERVAL 24 HOURS) AS before_it
    FROM known
    JOIN lows USING (user_id)
    WHERE risk = 'high'
),
kept AS (
    SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY created_at, turn_index) AS nth
    FROM near
    WHERE len(before_it) > 0 AND NOT list_contains(list_transform(before_it, lambda low: low.c), conversation_id)
)
SELECT user_id, conversation_id, turn_index, created_at AS high_at,
    list_max(list_transform(before_it, lambda low: low.at)) AS last_low_at,
    list_unique(list_transform(before_it, lambda low: low.c))::INTEGER AS low_conversations
FROM kept
WHERE nth = 1
