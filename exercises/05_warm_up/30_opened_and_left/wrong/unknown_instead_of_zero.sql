-- mistake: conversations in which nobody wrote are reported as NULL, not as 0
SELECT c.conversation_id, c.started_at, n::INTEGER AS n_user_turns
FROM conversations AS c
LEFT JOIN (SELECT conversation_id, count(*) AS n FROM turns WHERE role = 'user' GROUP BY conversation_id) AS written
    ON written.conversation_id = c.conversation_id
