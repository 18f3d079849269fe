SELECT conversation_id, count(*)::INTEGER AS n
FROM turns
WHERE role = 'user' AND conversation_id IS NOT NULL
GROUP BY conversation_id
