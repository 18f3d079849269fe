-- mistake: counts the places in the conversation, which are never missing
SELECT conversation_id, count(turn_index)::INTEGER AS n_user_turns
FROM turns
WHERE role = 'user' AND conversation_id IS NOT NULL
GROUP BY conversation_id
