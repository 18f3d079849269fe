-- mistake: counts labels, so that unlabelled turns are lost
SELECT conversation_id, count(risk)::INTEGER AS n_user_turns
FROM turns
WHERE role = 'user' AND conversation_id IS NOT NULL
GROUP BY conversation_id
