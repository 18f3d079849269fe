-- A subquery that counts always has an answer, and that of nothing is 0.
SELECT conversation_id, started_at,
    (SELECT count(*) FROM turns WHERE turns.conversation_id = c.conversation_id AND role = 'user')::INTEGER AS n_user_turns
FROM conversations AS c
