-- Blocks after which the same text follows in the same conversation.
WITH
blocked AS (
    SELECT DISTINCT action_id, acted_at, said.conversation_id, said.content_hash, conversations.user_ref
    FROM enforcement_actions
    JOIN message_events AS said
        ON said.role = 'user'
        AND enforcement_actions.target_id = if(target_type = 'message', said.message_id, said.conversation_id)
    JOIN conversations USING (conversation_id)
    WHERE action = 'block' AND conversations.user_ref IS NOT NULL
)

SELECT avg(EXISTS (
    FROM message_events AS said
    WHERE said.conversation_id = blocked.conversation_id AND said.role = 'user'
        AND said.content_hash = blocked.content_hash
        AND said.created_at BETWEEN acted_at AND acted_at + INTERVAL 10 MINUTE
)::INTEGER) AS share
FROM blocked
