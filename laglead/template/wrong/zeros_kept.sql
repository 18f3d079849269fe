-- mistake: keeps conversations in which nobody wrote, with a zero
SELECT conversation_id, (count(*) FILTER (WHERE role = 'user'))::INTEGER AS n_user_turns
FROM turns
WHERE conversation_id IS NOT NULL
GROUP BY conversation_id
