SELECT conversation_id, sum(CASE WHEN role = 'user' THEN 1 ELSE 0 END)::INTEGER AS n_user_turns
FROM turns
WHERE conversation_id IS NOT NULL
GROUP BY conversation_id
