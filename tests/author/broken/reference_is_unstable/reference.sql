SELECT conversation_id, arg_max(turn_index, role)::INTEGER AS n_user_turns
FROM turns
WHERE conversation_id IS NOT NULL
GROUP BY conversation_id
