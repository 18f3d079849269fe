-- One row per conversation, as if nobody ever got up. Where does a silence end a sitting?
SELECT
    conversation_id,
    1::INTEGER AS sitting_no,
    min(created_at) AS started_at,
    max(created_at) AS ended_at,
    count(*)::INTEGER AS user_turns
FROM turns
WHERE role = 'user' AND conversation_id IS NOT NULL AND created_at IS NOT NULL
GROUP BY conversation_id
