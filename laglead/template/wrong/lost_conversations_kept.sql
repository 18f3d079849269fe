-- mistake: keeps the rows that lost their conversation as one large conversation
SELECT conversation_id, count(*)::INTEGER AS n_user_turns
FROM turns
WHERE role = 'user'
GROUP BY conversation_id
