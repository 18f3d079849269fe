-- Blocks after which the same user opened another conversation with the same text within ten minutes.
WITH
blocked AS (
    SELECT DISTINCT action_id, acted_at, said.conversation_id, said.content_hash, conversations.user_ref
    FROM enforcement_actions
    JOIN message_events AS said
        ON said.role = 'user'
        AND enforcement_actions.target_id = if(target_type = 'message', said.message_id, said.conversation_id)
    JOIN conversations USING (conversation_id)
    WHERE action = 'block' AND conversations.user_ref IS NOT NULL
),

opened AS (
    SELECT conversations.user_ref, conversations.conversation_id, started_at, said.content_hash
    FROM conversations
    JOIN message_events AS said ON said.conversation_id = conversations.conversation_id AND said.role = 'user'
),

judged AS (
    SELECT action_id, any_value(blocked.acted_at) AS acted_at, count(opened.user_ref) > 0 AS again
    FROM blocked
    LEFT JOIN opened
        ON opened.user_ref = blocked.user_ref
        AND opened.content_hash = blocked.content_hash
        AND opened.conversation_id <> blocked.conversation_id
        AND opened.started_at BETWEEN blocked.acted_at AND blocked.acted_at + INTERVAL 10 MINUTE
    GROUP BY action_id
)

SELECT avg(again::INTEGER) AS share,
    avg(again::INTEGER) FILTER (acted_at < starts_at + (ends_at - starts_at) / 2) AS first_half,
    avg(again::INTEGER) FILTER (acted_at >= starts_at + (ends_at - starts_at) / 2) AS second_half
FROM judged
CROSS JOIN log_window
