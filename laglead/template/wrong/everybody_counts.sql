-- mistake: counts the answers of the model too
SELECT conversation_id, count(*)::INTEGER AS n_user_turns
FROM turns
WHERE conversation_id IS NOT NULL
GROUP BY conversation_id
