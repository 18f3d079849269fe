-- One label per user turn, in order. Which step leads from each of them to the next?
SELECT conversation_id, count(*)::INTEGER AS user_turns, list(risk ORDER BY turn_index) AS steps
FROM turns
WHERE role = 'user' AND conversation_id IS NOT NULL
GROUP BY conversation_id
