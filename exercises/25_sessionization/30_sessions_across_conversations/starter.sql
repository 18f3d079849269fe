-- One row per user and conversation, as if a conversation were a visit. When was the person there?
SELECT
    user_id,
    row_number() OVER (PARTITION BY user_id ORDER BY min(created_at), conversation_id)::INTEGER AS session_no,
    min(created_at) AS started_at,
    max(created_at) AS ended_at,
    count(*)::INTEGER AS n_user_turns,
    count(DISTINCT conversation_id)::INTEGER AS n_conversations,
    NULL::DOUBLE AS minutes_since_previous
FROM turns
WHERE role = 'user' AND user_id IS NOT NULL AND created_at IS NOT NULL
GROUP BY user_id, conversation_id
