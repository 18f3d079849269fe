SELECT conversation_id,
    count(*) FILTER (WHERE rolle = 'user')::INTEGER AS n_user_turns
FROM turns
GROUP BY conversation_id
