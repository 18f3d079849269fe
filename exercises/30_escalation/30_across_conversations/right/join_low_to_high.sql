-- Every high turn is joined to the user's low turns of the 24 hours before, then the groups are judged.
WITH labelled AS (
    SELECT *
    FROM turns
    WHERE role = 'user' AND risk IN ('low', 'high')
        AND user_id IS NOT NULL AND conversation_id IS NOT NULL AND created_at IS NOT NULL
),
groups AS (
    SELECT h.user_id, h.conversation_id, h.turn_index, h.created_at AS high_at,
        max(l.created_at) AS last_low_at,
        count(DISTINCT l.conversation_id) AS low_conversations,
        bool_or(l.conversation_id = h.conversation_id) AS also_here
    FROM labelled AS h
    JOIN labelled AS l
        ON l.user_id = h.user_id AND l.created_at < h.created_at AND h.created_at <= l.created_at + INTERVAL 24 HOURS
    WHERE h.risk = 'high' AND l.risk = 'low'
    GROUP BY ALL
)
SELECT DISTINCT ON (conversation_id)
    user_id, conversation_id, turn_index, high_at, last_low_at, low_conversations::INTEGER AS low_conversations
FROM groups
WHERE NOT also_here
ORDER BY conversation_id, high_at, turn_index
