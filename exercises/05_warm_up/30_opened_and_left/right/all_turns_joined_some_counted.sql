-- All turns are joined; the filter of the aggregate says which of them count.
SELECT c.conversation_id, any_value(c.started_at) AS started_at,
    (count(*) FILTER (WHERE t.role = 'user'))::INTEGER AS n_user_turns
FROM conversations AS c
LEFT JOIN turns AS t USING (conversation_id)
GROUP BY c.conversation_id
