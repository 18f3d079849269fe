-- The conversations whose id begins like this one, else the nearest in spelling; at most three.
SELECT conversation_id
FROM conversations
ORDER BY
    NOT starts_with(conversation_id, $conversation),
    levenshtein(conversation_id, $conversation),
    conversation_id
LIMIT 3
